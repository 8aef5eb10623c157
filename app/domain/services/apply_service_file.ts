import { parseYaml } from '#domain/connections/connection_file'
import { Refusal } from '#domain/refusal'
import { applyService } from '#domain/services/apply_service'
import type { ApplyOptions } from '#domain/services/apply_service'
import { findTemplate, linkTemplate, parseTemplateName } from '#domain/services/link_template'
import { parseService } from '#domain/services/service_file'
import type Tenant from '#domain/tenants/tenant'

/** Makes the tenant's service what a file says; where it names its template, later versions of that are offered. */
export async function applyServiceFile(
  tenant: Tenant,
  { text, name }: { text: string; name: string },
  options: ApplyOptions
) {
  const { template, ...content } = parseYaml(text, name)
  const named = templateOf(template)
  if (named !== null) await findTemplate(named.name)
  const definition = await parseService(content, name)
  const applied = await applyService(tenant, definition, {
    ...options,
    ...(named === null ? {} : { template: named.name }),
  })
  if (named !== null) await linkTemplate(applied.service, named)
  return applied
}

function templateOf(given: unknown) {
  if (given === undefined) return null
  if (typeof given === 'string' && given !== '') return parseTemplateName(given)
  throw new Refusal(
    'template must be the name of a template, for example web_leads_to_zoho_leads@1.0.0'
  )
}
