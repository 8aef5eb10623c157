import type { Context, StreamSummary } from '#sdk'
import { fetchModules } from './fetch_modules.js'
import type { ModuleMetadata } from './metadata.js'
import { moduleTitle } from './module_title.js'

const BEARING = ['default', 'custom']
const BARREN = ['Notes', 'Attachments', 'Emails', 'Users', 'Activities']

/** What hangs on the records of every module. Other lists are a call for each module to learn. */
function below(module: ModuleMetadata): StreamSummary[] {
  const { api_name: name, generated_type: kind = '', viewable } = module
  if (viewable === false || !BEARING.includes(kind) || BARREN.includes(name)) return []
  const title = moduleTitle(module)
  return [
    { name: `${name}.Notes`, title: `${title}: notes`, within: [name, 'Notes'] },
    { name: `${name}.Attachments`, title: `${title}: attachments`, within: [name, 'Attachments'] },
  ]
}

export async function listStreams(ctx: Context): Promise<StreamSummary[]> {
  const modules = await fetchModules(ctx)
  return modules.flatMap((module) => [
    { name: module.api_name, title: moduleTitle(module) },
    ...below(module),
  ])
}
