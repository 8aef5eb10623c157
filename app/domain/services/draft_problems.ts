import Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { describeStream } from '#domain/connections/stream_catalog'
import { Refusal } from '#domain/refusal'
import { inquire } from '#domain/runners'
import { draftGaps } from '#domain/services/draft_gaps'
import { placed } from '#domain/services/draft_places'
import { flagProblems } from '#domain/services/flag_problems'
import { parseService } from '#domain/services/service_file'
import { triggerProblems } from '#domain/services/trigger_problems'
import type Tenant from '#domain/tenants/tenant'
import type { Problem } from '#engine/problem'
import type { ServiceDefinition } from '#sdk'

/** All that keeps a draft from being saved, each at its place. Streams are taken as last described. */
export async function draftProblems(
  tenant: Tenant,
  content: ServiceDefinition
): Promise<Problem[]> {
  const gaps = draftGaps(content)
  if (gaps.length > 0) return gaps
  const definition = await parsed(content)
  if ('problems' in definition) return definition.problems
  const source = await draftEnd(tenant, definition.source.connection)
  const target = await draftEnd(tenant, definition.target.connection)
  if (source === null || target === null) {
    const where = source === null ? 'source.connection' : 'target.connection'
    return [{ where, message: 'This connection is gone. Choose another.' }]
  }
  const stream = await describeStream(source, definition.source.stream)
  const problems = await inquire<'review'>({
    ask: 'review',
    definition,
    grounds: await groundsOf(tenant.id),
    source: { connection: await grantConnection(source), stream },
    target: {
      connection: await grantConnection(target),
      stream: await describeStream(target, definition.target.stream),
    },
  })
  const others = await Promise.all([
    triggerProblems(definition, source, stream),
    flagProblems(definition, source),
  ])
  return [...problems, ...placed(others.flat())]
}

export function draftEnd(tenant: Tenant, name: string): Promise<Connection | null> {
  return Connection.query().where('tenantId', tenant.id).where('name', name).first()
}

async function parsed(
  content: ServiceDefinition
): Promise<ServiceDefinition | { problems: Problem[] }> {
  try {
    return await parseService(content, 'This draft')
  } catch (error) {
    if (error instanceof Refusal) return { problems: placed(error.problems) }
    throw error
  }
}
