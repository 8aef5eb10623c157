import { globSync, readFileSync } from 'node:fs'
import type { PluginManifest } from '#sdk'
import crossdock from '#config/crossdock'

type Face = Pick<PluginManifest, 'title' | 'icon' | 'description'>
export type ConnectorCard = Face & { name: string }

let faces: Map<string, Face> | undefined

/** What a connector is called and looks like. Manifests are read once: a new version restarts the server. */
export function connectorOf(name: string): Face {
  faces ??= readFaces()
  return faces.get(name) ?? { title: name, icon: 'plug', description: '' }
}

export function allConnectors(): ConnectorCard[] {
  const names = globSync('connectors/*/plugin.json', { cwd: crossdock.pluginsRoot }).map(
    (path) => path.split(/[/\\]/)[1]!
  )
  return names
    .map((name) => ({ name, ...connectorOf(name) }))
    .sort((a, b) => a.title.localeCompare(b.title))
}

function readFaces(): Map<string, Face> {
  const paths = globSync('*/*/plugin.json', { cwd: crossdock.pluginsRoot })
  return new Map(
    paths.map((path) => {
      const { name, title, icon, description }: PluginManifest = JSON.parse(
        readFileSync(`${crossdock.pluginsRoot}/${path}`, 'utf8')
      )
      return [name, { title, icon, description }]
    })
  )
}
