import crossdock from '#config/crossdock'
import { Refusal } from '#domain/refusal'
import type Service from '#domain/services/service'
import TemplateLink from '#domain/services/template_link'
import { PluginFault, loadTemplate } from '#workers/load_plugin'

/** A template as a file names it. */
export interface TemplateName {
  name: string
  /** The version that the service was made from; null means the one that is installed. */
  version: string | null
}

/** "shop_orders_to_zoho_deals@1.2.0", with or without its version. */
export function parseTemplateName(text: string): TemplateName {
  const [name = '', version = null] = text.split('@', 2)
  return { name, version }
}

/** Throws where no such template is installed. */
export async function findTemplate(name: string) {
  try {
    return await loadTemplate(crossdock.pluginsRoot, name)
  } catch (error) {
    if (!(error instanceof PluginFault)) throw error
    throw new Refusal(`template: there is no template "${name}" on this server`)
  }
}

/**
 * Notes which version of a template a service was made from. A link that is there stays. What
 * another version than the installed one said is not known, so there is nothing to compare with.
 */
export async function linkTemplate(service: Service, { name, version }: TemplateName) {
  const { manifest, template } = await findTemplate(name)
  if (service.template === null) await service.merge({ template: name }).save()
  const isKnown = (await TemplateLink.find(service.id)) !== null
  if (isKnown || service.template !== name) return
  if (version !== null && version !== manifest.version) return
  await TemplateLink.keep(service.id, manifest.version, template.service)
}
