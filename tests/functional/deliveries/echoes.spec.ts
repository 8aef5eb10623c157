import { test } from '@japa/runner'
import { startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import type { ServiceDefinition } from '#sdk'
import { Person } from '#tests/support/person'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { followingDefinition, givenZohoToZoho } from '#tests/support/zoho_to_zoho'
import { changesOf, heard, turn, webhookRuns } from './desk_turns.js'

const MINUTE = 60_000

/** The way back: it writes what the other org holds into the deals that are followed. */
function mirror(): ServiceDefinition {
  const { trigger, ...plain } = followingDefinition({})
  return {
    ...plain,
    name: 'deals-back',
    source: { connection: 'target', stream: 'Deals' },
    target: { ...plain.target, connection: 'source' },
  }
}

test.group('Echoes', () => {
  test('what the way back wrote starts no run, what a person wrote does', async ({ assert }) => {
    await withTestRunners(async (dispatcher) => {
      const house = await givenZohoToZoho()
      await turn(house, Date.now())
      const other = await Person.signedInTo(house.target)
      await other.create(3, 'Theirs')
      const back = await applyService(house.tenant, mirror(), { userId: null })
      const run = await startRun(back.service, { trigger: 'manual', requestedBy: null })
      await untilOver(run, dispatcher)
      assert.equal(run.created, 3)
      await heard(house, 1)
      const ours = await house.person.create(2, 'Ours')
      const names = await house.person.names()
      const [edited] = [...names.keys()].filter((id) => !ours.includes(id))
      await house.person.rename(edited, 'Edited at once')
      await heard(house, 3)
      const told = Date.now()
      await turn(house, told)
      assert.lengthOf(await changesOf(house, 'waiting'), 5)
      await turn(house, told + 11 * MINUTE)
      const [started] = await webhookRuns(house)
      assert.deepEqual([...(started.onlyKeys ?? [])].sort(), [...ours, edited].sort())
      assert.lengthOf(await changesOf(house, 'echo'), 2)
      assert.containSubset(await house.channel(), { echoes: 2 })
      await house.close()
    })
  }).timeout(180_000)

  test('what came from a third place is no echo', async ({ assert }) => {
    await withTestRunners(async (dispatcher) => {
      const house = await givenZohoToZoho()
      const now = Date.now()
      await turn(house, now)
      const other = await Person.signedInTo(house.target)
      await other.create(1, 'Theirs')
      const definition = mirror()
      definition.source.stream = 'Leads'
      definition.mapping = [
        { to: 'Order_Ref', from: 'id' },
        { to: 'Deal_Name', from: 'Last_Name' },
        { to: 'Stage', value: 'Qualification' },
      ]
      await other.createLead('Lovelace')
      const third = await applyService(house.tenant, definition, { userId: null })
      const run = await startRun(third.service, { trigger: 'manual', requestedBy: null })
      await untilOver(run, dispatcher)
      assert.equal(run.created, 1)
      await heard(house, 1)
      await turn(house, now + 3000)
      await turn(house, now + 11 * MINUTE)
      const [started] = await webhookRuns(house)
      assert.lengthOf(started.onlyKeys ?? [], 1)
      await house.close()
    })
  }).timeout(180_000)
})
