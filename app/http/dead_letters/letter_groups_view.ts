import db from '@adonisjs/lucid/services/db'
import { plainCause } from '#domain/runs/plain_cause'
import { roleReaches } from '#domain/tenants/membership'
import type { Role } from '#domain/tenants/membership'
import type Tenant from '#domain/tenants/tenant'
import { instantText } from '#http/instant_text'

/** Open dead letters of one service with one cause. */
export type LetterGroup = {
  serviceId: string
  serviceName: string
  code: string
  field: string | null
  message: string
  count: number
  lastAt: string | null
}

interface GroupRow {
  serviceId: string
  serviceName: string
  code: string
  field: string | null
  message: string
  figure: unknown
  lastAt: unknown
}

/** What a person has to look at, most frequent cause first. */
export async function viewLetterGroups(
  tenant: Tenant,
  role: Role,
  limit: number
): Promise<LetterGroup[]> {
  const rows: GroupRow[] = await db
    .from('dead_letters')
    .join('services', 'services.id', 'dead_letters.service_id')
    .where('dead_letters.tenant_id', tenant.id)
    .whereNull('dead_letters.resolved_at')
    .groupBy('services.id', 'services.name', 'dead_letters.code', 'dead_letters.field')
    .select('services.id as serviceId', 'services.name as serviceName')
    .select('dead_letters.code as code', 'dead_letters.field as field')
    .min('dead_letters.message as message')
    .count('* as figure')
    .max('dead_letters.created_at as lastAt')
    .orderBy('figure', 'desc')
    .limit(limit)

  return rows.map(({ figure, lastAt, ...group }) => ({
    ...group,
    message: roleReaches(role, 'operator') ? group.message : plainCause(group),
    count: Number(figure),
    lastAt: instantText(Number(lastAt)),
  }))
}
