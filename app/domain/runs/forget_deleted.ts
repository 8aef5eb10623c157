import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { LinkRows } from '#engine/ledger'
import type { ServiceDefinition } from '#sdk'

const IDS_PER_STATEMENT = 10_000

/**
 * What one service has deleted the tenant's others no longer have in that target: else they
 * would take it for unchanged, and never write it again.
 */
export async function forgetDeleted(
  client: TransactionClientContract,
  serviceId: string,
  { states, targetIds }: LinkRows
): Promise<void> {
  const gone = targetIds.flatMap((id, at) => (id !== null && states[at] === 'deleted' ? [id] : []))
  if (gone.length === 0) return
  const others = await othersInto(client, serviceId)
  if (others.length === 0) return
  for (let at = 0; at < gone.length; at += IDS_PER_STATEMENT) {
    await client
      .from('record_links')
      .whereIn('service_number', others)
      .whereIn('target_id', gone.slice(at, at + IDS_PER_STATEMENT))
      .delete()
  }
}

/** The numbers of the tenant's other services that write the same stream of the same connection. */
async function othersInto(client: TransactionClientContract, serviceId: string): Promise<number[]> {
  const rows: Array<{ id: string; number: number | null; definition: string }> = await client
    .from('services as own')
    .join('services as s', (join) =>
      join
        .on('s.tenant_id', 'own.tenant_id')
        .andOn('s.target_connection_id', 'own.target_connection_id')
    )
    .join('service_revisions as r', (join) =>
      join.on('r.service_id', 's.id').andOn('r.number', 's.revision')
    )
    .leftJoin('service_numbers as n', 'n.service_id', 's.id')
    .where('own.id', serviceId)
    .select('s.id as id', 'n.number as number', 'r.definition as definition')
  const streamOf = ({ definition }: { definition: string }) =>
    (JSON.parse(definition) as ServiceDefinition).target.stream
  const own = rows.find(({ id }) => id === serviceId)
  if (own === undefined) return []
  return rows
    .filter((row) => row.id !== serviceId && streamOf(row) === streamOf(own))
    .flatMap(({ number }) => (number === null ? [] : [Number(number)]))
}
