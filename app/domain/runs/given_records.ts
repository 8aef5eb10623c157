import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { RecordValues } from '#sdk'
import type Run from '#domain/runs/run'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

const contextOf = (run: Run) => `runs:given:${run.id}`

export interface Given {
  given: RecordValues[] | null
  /** How the source held them before they were edited. */
  givenFrom: RecordValues[] | null
}

/** Keeps the records that a run shall send, sealed, in the transaction that queues it. */
export async function giveRecords(
  run: Run,
  tenant: Tenant,
  records: { given: RecordValues[]; givenFrom: RecordValues[] },
  client: TransactionClientContract
): Promise<void> {
  const sealedGiven = new Vault(tenant).seal(JSON.stringify(records), contextOf(run))
  await run.useTransaction(client).merge({ sealedGiven }).save()
}

/** Nulls where the run reads its source. */
export async function givenRecords(run: Run): Promise<Given> {
  if (run.sealedGiven === null) return { given: null, givenFrom: null }
  const vault = new Vault(await Tenant.findOrFail(run.tenantId))
  const kept: Given | RecordValues[] = JSON.parse(vault.open(run.sealedGiven, contextOf(run)))
  // Queued by a version that kept only what was edited.
  return Array.isArray(kept) ? { given: kept, givenFrom: null } : kept
}
