import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { RecordValues } from '#sdk'
import type Run from '#domain/runs/run'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

const contextOf = (run: Run) => `runs:given:${run.id}`

/** Keeps the records that a run shall send, sealed, in the transaction that queues it. */
export async function giveRecords(
  run: Run,
  tenant: Tenant,
  records: RecordValues[],
  client: TransactionClientContract
): Promise<void> {
  const sealedGiven = new Vault(tenant).seal(JSON.stringify(records), contextOf(run))
  await run.useTransaction(client).merge({ sealedGiven }).save()
}

/** Null where the run reads its source. */
export async function givenRecords(run: Run): Promise<RecordValues[] | null> {
  if (run.sealedGiven === null) return null
  const vault = new Vault(await Tenant.findOrFail(run.tenantId))
  return JSON.parse(vault.open(run.sealedGiven, contextOf(run)))
}
