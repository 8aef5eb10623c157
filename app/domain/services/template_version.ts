import crossdock from '#config/crossdock'
import type Service from '#domain/services/service'
import TemplateLink from '#domain/services/template_link'
import type { Template } from '#sdk'
import { PluginFault, loadTemplate } from '#workers/load_plugin'

export interface NewerTemplate {
  link: TemplateLink
  version: string
  template: Template
}

/** The template of a service, where its installed version is later than the one the service is at. */
export async function newerTemplate({ id, template }: Service): Promise<NewerTemplate | null> {
  const link = template === null ? null : await TemplateLink.find(id)
  if (template === null || link === null) return null
  const installed = await installedTemplate(template)
  if (installed === null) return null
  const { version } = installed.manifest
  return isLater(version, link.version) ? { link, version, template: installed.template } : null
}

/** A template that was taken out of the server leaves its services as they are. */
async function installedTemplate(name: string) {
  try {
    return await loadTemplate(crossdock.pluginsRoot, name)
  } catch (error) {
    if (error instanceof PluginFault) return null
    throw error
  }
}

export function isLater(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split(/[.-]/, 3).map(Number))
  const at = one.findIndex((part, index) => part !== other[index])
  return at >= 0 && one[at] > (other[at] ?? 0)
}
