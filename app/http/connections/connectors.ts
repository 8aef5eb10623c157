import { globSync, readFileSync } from 'node:fs'
import type { PluginManifest } from '#sdk'
import crossdock from '#config/crossdock'

type Face = Pick<PluginManifest, 'title' | 'icon'>

let faces: Map<string, Face> | undefined

/** What a connector is called and looks like. Manifests are read once: a new version restarts the server. */
export function connectorOf(name: string): Face {
  faces ??= readFaces()
  return faces.get(name) ?? { title: name, icon: 'plug' }
}

function readFaces(): Map<string, Face> {
  const paths = globSync('*/*/plugin.json', { cwd: crossdock.pluginsRoot })
  return new Map(
    paths.map((path) => {
      const manifest: PluginManifest = JSON.parse(
        readFileSync(`${crossdock.pluginsRoot}/${path}`, 'utf8')
      )
      return [manifest.name, { title: manifest.title, icon: manifest.icon }]
    })
  )
}
