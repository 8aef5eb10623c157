import { test } from '@japa/runner'
import { noCounters } from '#engine/counters'
import type { Fault } from '#engine/ledger'
import DeadLetter from '#domain/runs/dead_letter'
import { claimRun } from '#domain/runs/lease'
import { ledgerPort } from '#domain/runs/run_ledger'
import { givenRun, givenService, givenTenant } from '#tests/support/app'
import { packLinks } from '#workers/wire_links'

async function givenLease() {
  const service = await givenService(await givenTenant())
  const waiting = { state: 'queued' as const, startedAt: null, finishedAt: null }
  const run = await givenRun(service, waiting)
  const lease = await claimRun(await run.refresh())
  if (lease === null) throw new Error('The run could not be claimed')
  return { service, lease }
}

const failed = (place: number, payload: string): Fault => ({
  key: `order ${place}`,
  state: 'failed',
  code: 'BUSY',
  message: 'Later',
  field: null,
  value: null,
  payload,
})

test.group('Failed records of one settlement', () => {
  for (const [count, length] of [
    [0, 1],
    [1, 10],
    [450, 10],
    [180, 350_000],
  ]) {
    test(`are all kept, though they are ${count} of ${length} letters`, async ({ assert }) => {
      const { service, lease } = await givenLease()
      const faults = Array.from({ length: count }, (_, place) =>
        failed(place, JSON.stringify({ note: `${place} `.padEnd(length, 'x') }))
      )
      const keys = faults.map(({ key }) => key)
      const links = packLinks({
        keys,
        matches: keys.map(() => null),
        targetIds: keys.map(() => null),
        hashes: keys.map(() => 'h'),
        states: keys.map(() => 'failed' as const),
      })
      await ledgerPort.settle(lease, {
        counters: { ...noCounters(), failed: count },
        links,
        faults,
        healed: [],
        batches: [],
      })
      const letters = await DeadLetter.query().where('serviceId', service.id)
      assert.sameMembers(
        letters.map(({ sourceKey }) => sourceKey),
        keys
      )
    })
  }
})
