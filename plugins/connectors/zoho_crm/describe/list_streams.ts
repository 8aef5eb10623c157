import type { Context, StreamSummary } from '#sdk'
import { fetchModules } from './fetch_modules.js'
import { moduleTitle } from './module_title.js'

export async function listStreams(ctx: Context): Promise<StreamSummary[]> {
  const modules = await fetchModules(ctx)
  return modules.map((module) => ({
    name: module.api_name,
    title: moduleTitle(module),
  }))
}
