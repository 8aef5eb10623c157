import Connection from '#domain/connections/connection'
import type { RunState } from '#domain/runs/run'
import Service from '#domain/services/service'
import type { Role } from '#domain/tenants/membership'
import type Tenant from '#domain/tenants/tenant'
import { viewLetterGroups } from '#http/dead_letters/letter_groups_view'
import type { LetterGroup } from '#http/dead_letters/letter_groups_view'
import { instantText } from '#http/instant_text'
import { latestRuns } from '#http/services/latest_runs'

const MOST_GROUPS = 8

export type AttentionView = {
  letters: LetterGroup[]
  /** More causes than are shown. */
  hasMoreLetters: boolean
  connections: Array<{ id: string; name: string; message: string | null; checkedAt: string | null }>
  runs: Array<{
    id: string
    serviceName: string
    message: string | null
    finishedAt: string | null
  }>
}

/** What waits for a person. A failed run counts until a later run of the service went better. */
export async function viewAttention(tenant: Tenant, role: Role): Promise<AttentionView> {
  const [letters, broken, latest, services] = await Promise.all([
    viewLetterGroups(tenant, role, MOST_GROUPS + 1),
    Connection.query().where('tenantId', tenant.id).where('health', 'broken').orderBy('name'),
    latestRuns(tenant),
    Service.query().where('tenantId', tenant.id).whereNot('state', 'archived'),
  ])
  const failed: RunState = 'failed'
  return {
    letters: letters.slice(0, MOST_GROUPS),
    hasMoreLetters: letters.length > MOST_GROUPS,
    connections: broken.map(({ id, name, healthMessage, checkedAt }) => ({
      ...{ id, name },
      message: healthMessage,
      checkedAt: instantText(checkedAt),
    })),
    runs: services
      .flatMap(({ id }) => latest.get(id) ?? [])
      .filter(({ state }) => state === failed)
      .map(({ id, service, errorMessage, finishedAt }) => ({
        id,
        serviceName: service.name,
        message: errorMessage,
        finishedAt: instantText(finishedAt),
      })),
  }
}
