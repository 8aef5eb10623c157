import { readdir, readFile } from 'node:fs/promises'
import type { PluginManifest } from '#sdk'

export interface FoundPlugin {
  folder: string
  url: URL
  manifest: PluginManifest
  /** The default export of the entry. */
  load(): Promise<unknown>
}

/** Every folder under plugins/connectors or plugins/templates. */
export async function findPlugins(kind: 'connectors' | 'templates'): Promise<FoundPlugin[]> {
  const root = new URL(`../../plugins/${kind}/`, import.meta.url)
  const entries = await readdir(root, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    folders.sort().map(async (folder) => {
      const url = new URL(`${folder}/`, root)
      const text = await readFile(new URL('plugin.json', url), 'utf8')
      const manifest = JSON.parse(text) as PluginManifest
      const load = async () => {
        const module = (await import(new URL(manifest.entry, url).href)) as { default: unknown }
        return module.default
      }
      return { folder, url, manifest, load }
    })
  )
}
