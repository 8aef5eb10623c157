import { test } from '@japa/runner'
import type PendingChange from '#domain/deliveries/pending_change'
import { settleChanges } from '#domain/deliveries/settle_changes'
import { cancelRun } from '#domain/runs/cancel_run'
import type { RunState } from '#domain/runs/run'
import { givenRun, givenService, givenTenant, givenUser } from '#tests/support/app'
import { givenChange, givenChannel } from '#tests/support/given_channel'
import { Visitor } from '#tests/support/visitor'

async function givenRunOfChange(state: RunState) {
  const tenant = await givenTenant()
  const service = await givenService(tenant)
  const change = await givenChange(await givenChannel(service), service, 'running')
  const onlyKeys = [change.sourceKey]
  const run = await givenRun(service, { trigger: 'webhook', state, onlyKeys, finishedAt: null })
  await change.merge({ runId: run.id }).save()
  return { tenant, run, change }
}

async function settled(change: PendingChange): Promise<PendingChange> {
  await settleChanges(Date.now())
  return change.refresh()
}

const MINUTE = 60_000

test.group('The changes of a run', () => {
  test('that a person cancels while it is held or waits start no other', async ({ assert }) => {
    for (const state of ['held', 'queued'] as const) {
      const { tenant, run, change } = await givenRunOfChange(state)
      await settled(change)
      assert.equal(change.state, 'running', 'nobody has decided')
      await cancelRun(run, null)
      await settled(change)
      assert.deepInclude(change.$attributes, { state: 'cancelled', runId: run.id, tries: 0 })

      const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
      const page = await visitor.pageAt(`/t/${tenant.slug}/deliveries?state=cancelled`)
      assert.containSubset(page?.props.changes, { rows: [{ key: change.sourceKey }] })
    }
  })

  test('that failed wait for another', async ({ assert }) => {
    const { change } = await givenRunOfChange('failed')
    const now = change.lastSeenAt.toMillis()
    await settleChanges(now)
    await change.refresh()
    assert.deepInclude(change.$attributes, { state: 'waiting', runId: null, tries: 1 })
    assert.equal(change.notBefore.toMillis(), now + MINUTE)
  })
})
