import { describeStream } from '#domain/connections/stream_catalog'
import { inquire } from '#domain/runners'
import { draftEnd } from '#domain/services/draft_problems'
import { sampleSource } from '#domain/services/sample_source'
import type Tenant from '#domain/tenants/tenant'
import type { ServiceDefinition } from '#sdk'
import type { MappingTrial } from '#workers/builder_queries'

const RECORDS = 10

/** What becomes of the first real records by a mapping that is being written. Null while an end is not chosen. */
export async function draftTrial(
  tenant: Tenant,
  definition: ServiceDefinition
): Promise<MappingTrial | null> {
  const source = await draftEnd(tenant, definition.source.connection)
  const target = await draftEnd(tenant, definition.target.connection)
  if (source === null || target === null) return null
  if (definition.source.stream === '' || definition.target.stream === '') return null
  const records = await sampleSource(source, definition.source.stream)
  return inquire<'try'>({
    ask: 'try',
    definition,
    source: await describeStream(source, definition.source.stream),
    target: await describeStream(target, definition.target.stream),
    records: records.slice(0, RECORDS),
  })
}
