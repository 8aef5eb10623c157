import { setTimeout as wait } from 'node:timers/promises'
import { DateTime } from 'luxon'
import Connection from '#domain/connections/connection'
import CreditEntry from '#domain/connections/credit_entry'
import type { Dispatcher } from '#domain/runs/dispatcher'
import type Run from '#domain/runs/run'
import type Tenant from '#domain/tenants/tenant'
import { onlyInThisTest } from '#tests/support/only_in_this_test'

/** Credits that were spent on a connection so many minutes ago. */
export function givenSpent(
  { id, tenantId }: Connection,
  credits: number,
  minutesAgo: number,
  runId: string | null = null
): Promise<CreditEntry> {
  const spentAt = DateTime.utc().minus({ minutes: minutesAgo })
  return CreditEntry.create({ tenantId, connectionId: id, runId, calls: 1, credits, spentAt })
}

export function connectionOf(tenant: Tenant, name: string): Promise<Connection> {
  return Connection.query().where('tenantId', tenant.id).where('name', name).firstOrFail()
}

/** Rings until the run waits in the queue for credits. */
export async function untilWaiting(run: Run, dispatcher: Dispatcher): Promise<Run> {
  const stillHere = onlyInThisTest()
  await run.refresh()
  while (run.state !== 'queued' || run.notBefore === null) {
    if (run.isFinal) throw new Error(`The run ended ${run.state}: ${run.errorMessage ?? ''}`)
    stillHere()
    dispatcher.ring()
    await wait(25)
    await run.refresh()
  }
  await dispatcher.flush()
  return run.refresh()
}
