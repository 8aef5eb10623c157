import type { Context, StreamSummary } from '#sdk'
import { fetchModules } from './fetch_modules.js'

export async function listStreams(ctx: Context): Promise<StreamSummary[]> {
  const modules = await fetchModules(ctx)
  return modules.map((module) => ({
    name: module.api_name,
    title: module.plural_label ?? module.module_name ?? module.api_name,
  }))
}
