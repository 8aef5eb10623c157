import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { v7 as uuid } from 'uuid'
import type { Fault } from '#engine/ledger'
import { payloadContext } from '#domain/runs/dead_letter'
import type { Vault } from '#domain/tenants/vault'

const ROWS_PER_STATEMENT = 200
/** Fewer rows where their payloads are long: MariaDB takes 16 MB unless it is told otherwise. */
const LONGEST_STATEMENT = 4 * 1024 * 1024
/** What a page shows; the sealed payload holds the whole. */
const LONGEST_MESSAGE = 4000
const LONGEST_VALUE = 1000
const [LONGEST_CODE, LONGEST_FIELD] = [63, 120]

interface Place {
  tenantId: string
  serviceId: string
  serviceNumber: number
  runId: string
}

/** Opens a dead letter per fault, or renews the one that the key has open, and notes the fault on the link. */
export async function writeFaults(
  client: TransactionClientContract,
  vault: Vault,
  { tenantId, serviceId, serviceNumber, runId }: Place,
  faults: Fault[]
): Promise<void> {
  const createdAt = Date.now()
  const shown = faults.map((fault) => ({
    ...fault,
    code: fault.code.slice(0, LONGEST_CODE),
    field: fault.field?.slice(0, LONGEST_FIELD) ?? null,
    message: fault.message.slice(0, LONGEST_MESSAGE),
    value: fault.value?.slice(0, LONGEST_VALUE) ?? null,
  }))
  const rows = shown.map(({ key, state, code, message, field, value, payload }) => ({
    id: uuid(),
    tenant_id: tenantId,
    service_id: serviceId,
    run_id: runId,
    source_key: key,
    open_key: key,
    outcome: state,
    code,
    message,
    field,
    value,
    sealed_payload: vault.seal(payload, payloadContext(serviceId, key)),
    created_at: createdAt,
  }))
  for (const some of statementsOf(rows)) {
    await client
      .knexQuery()
      .table('dead_letters')
      .insert(some)
      .onConflict(['service_id', 'open_key'])
      .merge(['run_id', 'outcome', 'code', 'message', 'field', 'value', 'sealed_payload'])
  }
  for (const { key, code, message, field, value } of shown) {
    await client
      .from('record_links')
      .where('service_number', serviceNumber)
      .where('source_key', key)
      .update({ fault: JSON.stringify({ code, message, field, value }) })
  }
}

function statementsOf<Row extends { sealed_payload: string }>(rows: Row[]): Row[][] {
  const statements: Row[][] = []
  let [statement, length]: [Row[], number] = [[], Infinity]
  for (const row of rows) {
    length += row.sealed_payload.length
    if (length > LONGEST_STATEMENT || statement.length === ROWS_PER_STATEMENT) {
      statements.push((statement = []))
      length = row.sealed_payload.length
    }
    statement.push(row)
  }
  return statements
}

/** The records arrived after all: their dead letters close themselves. */
export async function resolveHealed(
  client: TransactionClientContract,
  serviceId: string,
  runId: string,
  keys: string[]
): Promise<void> {
  for (let at = 0; at < keys.length; at += ROWS_PER_STATEMENT) {
    await client
      .from('dead_letters')
      .where('service_id', serviceId)
      .whereIn('open_key', keys.slice(at, at + ROWS_PER_STATEMENT))
      .update({ open_key: null, resolved_at: Date.now(), resolved_by: runId })
  }
}
