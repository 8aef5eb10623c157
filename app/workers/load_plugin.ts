import { readFile, readdir } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SDK_VERSION } from '#sdk'
import type { Connector, PluginManifest, Template } from '#sdk'
import { manifestProblems } from './manifest_problems.js'

type Kind = PluginManifest['kind']

/** A plugin that cannot be used; the message says which file, what and how to mend it. */
export class PluginFault extends Error {
  override name = 'PluginFault'
}

const folderOf = (pluginsRoot: string, kind: Kind, name: string) =>
  join(pluginsRoot, `${kind}s`, name)

export async function readManifest(
  pluginsRoot: string,
  kind: Kind,
  name: string
): Promise<PluginManifest> {
  const file = join(folderOf(pluginsRoot, kind, name), 'plugin.json')
  const where = `plugins/${kind}s/${name}/plugin.json`
  const text = await readFile(file, 'utf8').catch(() => {
    throw new PluginFault(
      `There is no ${kind} "${name}": ${where} cannot be read. Install the plugin, or correct the name`
    )
  })
  const manifest = parse(text, where)
  const problems = manifestProblems(manifest, kind, name, SDK_VERSION)
  if (problems.length > 0) throw new PluginFault(`${where} is not valid: ${problems.join('; ')}`)
  return manifest
}

function parse(text: string, where: string): PluginManifest {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new PluginFault(`${where} is not JSON: ${why}`, { cause })
  }
}

/** Names of the plugins of a kind, in order. */
export async function listPlugins(pluginsRoot: string, kind: Kind): Promise<string[]> {
  const entries = await readdir(join(pluginsRoot, `${kind}s`), { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

async function loadEntry(pluginsRoot: string, manifest: PluginManifest): Promise<unknown> {
  const folder = folderOf(pluginsRoot, manifest.kind, manifest.name)
  const entry = resolve(folder, manifest.entry)
  if (!entry.startsWith(folder + sep)) {
    throw new PluginFault(`The entry of plugin "${manifest.name}" lies outside its folder`)
  }
  const module: { default?: unknown } = await import(pathToFileURL(entry).href)
  if (module.default === undefined) {
    throw new PluginFault(`${manifest.entry} of plugin "${manifest.name}" has no default export`)
  }
  return module.default
}

export async function loadConnector(pluginsRoot: string, name: string) {
  const manifest = await readManifest(pluginsRoot, 'connector', name)
  return { manifest, connector: (await loadEntry(pluginsRoot, manifest)) as Connector }
}

export async function loadTemplate(pluginsRoot: string, name: string) {
  const manifest = await readManifest(pluginsRoot, 'template', name)
  return { manifest, template: (await loadEntry(pluginsRoot, manifest)) as Template }
}
