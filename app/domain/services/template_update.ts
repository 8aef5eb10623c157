import AuditEvent from '#domain/audit/audit_event'
import { Refusal } from '#domain/refusal'
import { applyService } from '#domain/services/apply_service'
import { mergeTemplate } from '#domain/services/merge_template'
import type { MergeChoices, TemplateMerge } from '#domain/services/merge_template'
import type Service from '#domain/services/service'
import TemplateLink from '#domain/services/template_link'
import { newerTemplate } from '#domain/services/template_version'
import type Tenant from '#domain/tenants/tenant'
import type { ServiceDefinition } from '#sdk'

export interface TemplateUpdate extends TemplateMerge {
  title: string
  from: string
  to: string
  /** The definition in use, and the revision that it is. */
  mine: ServiceDefinition
  revision: number
  /** What the later version says. */
  theirs: ServiceDefinition
}

/** What the template's present version would make of a service; null where there is none later. */
export async function findTemplateUpdate(
  service: Service,
  choices: MergeChoices = {}
): Promise<TemplateUpdate | null> {
  const newer = await newerTemplate(service)
  if (newer === null) return null
  const { link, version, template } = newer
  const { definition: mine } = await service.currentRevision()
  const theirs = template.service
  return {
    ...mergeTemplate(link.base, mine, theirs, choices),
    ...{ title: template.title, from: link.version, to: version },
    ...{ mine, revision: service.revision, theirs },
  }
}

export interface UpdateWish {
  userId: string
  choices: MergeChoices
  /** What the person has seen; something else is not applied. */
  seen: { version: string; revision: number }
}

/** Makes a revision of a service as the later version of its template and the tenant's own changes say. */
export async function updateFromTemplate(
  tenant: Tenant,
  service: Service,
  { userId, choices, seen }: UpdateWish
): Promise<void> {
  const update = await findTemplateUpdate(service, choices)
  if (update === null || update.to !== seen.version || update.revision !== seen.revision) {
    throw new Refusal(
      'The service or its template has changed meanwhile. Look at the changes again.'
    )
  }
  const { title, from, to, merged, theirs, conflicts } = update
  await applyService(tenant, merged, { userId, note: `Updated to ${title} ${to}` })
  await TemplateLink.keep(service.id, to, theirs)
  await AuditEvent.record({
    tenantId: tenant.id,
    userId,
    action: 'service.template_updated',
    subject: service.id,
    detail: {
      name: service.name,
      ...{ template: service.template, from, to },
      taken: conflicts.map(({ place }) => place).filter((place) => choices[place] === 'theirs'),
    },
  })
}
