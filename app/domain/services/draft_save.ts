import { Refusal } from '#domain/refusal'
import { applyService } from '#domain/services/apply_service'
import { changeState } from '#domain/services/change_state'
import type Draft from '#domain/services/draft'
import { placed } from '#domain/services/draft_places'
import { draftProblems } from '#domain/services/draft_problems'
import Service from '#domain/services/service'
import { parseService } from '#domain/services/service_file'
import TemplateLink from '#domain/services/template_link'
import type Tenant from '#domain/tenants/tenant'
import type { Problem } from '#engine/problem'

export type DraftSaved =
  { ok: true; service: Service; isChanged: boolean } | { ok: false; problems: Problem[] }

export interface SaveWish {
  userId: string
  note: string | null
  /** Otherwise a new service is paused, and a changed one stays as it is. */
  isEnabled: boolean
}

const WAITING = 'saved, and waits until somebody enables it'

/** Makes a revision of a draft and ends the draft. What is wrong comes back, each at its place. */
export async function saveDraft(tenant: Tenant, draft: Draft, wish: SaveWish): Promise<DraftSaved> {
  const problems = await draftProblems(tenant, draft.content)
  problems.push(...(await nameProblems(tenant, draft)))
  if (problems.length > 0) return { ok: false, problems }
  const definition = await parseService(draft.content, 'This draft')
  const { userId, note, isEnabled } = wish
  try {
    const { service, isChanged } = await applyService(tenant, definition, {
      userId,
      ...(note === null ? {} : { note }),
      ...(draft.template === null ? {} : { template: draft.template }),
      ...(isEnabled ? {} : { pausedBecause: WAITING }),
    })
    if (isEnabled && service.state === 'paused') await changeState(service, 'enabled', { userId })
    const { templateVersion, templateBase } = draft
    if (templateVersion && templateBase) {
      await TemplateLink.keep(service.id, templateVersion, templateBase)
    }
    await draft.delete()
    return { ok: true, service, isChanged }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const said = error.problems.length > 0 ? error.problems : [error.message]
    return { ok: false, problems: placed(said) }
  }
}

/** A name is a service's for good, and nobody overwrites another's work by choosing it. */
async function nameProblems(tenant: Tenant, draft: Draft): Promise<Problem[]> {
  const { name } = draft.content
  const named = await Service.query().where('tenantId', tenant.id).where('name', name).first()
  if (draft.serviceId === null) {
    if (named === null) return []
    const message = `There is a service "${name}" already. Choose another name.`
    return [{ where: 'name', message }]
  }
  const service = await Service.findOrFail(draft.serviceId)
  if (service.id !== named?.id) {
    return [{ where: 'name', message: `This service is called "${service.name}", and stays so.` }]
  }
  if (service.revision === draft.baseRevision) return []
  const message = `Somebody saved revision ${service.revision} meanwhile. Discard this draft, and edit the service again.`
  return [{ where: '', message }]
}
