import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { v7 as uuid } from 'uuid'
import AuditEvent from '#domain/audit/audit_event'
import DeadLetter from '#domain/runs/dead_letter'
import { editLetters } from '#domain/runs/edit_letter'
import type { EditRequest } from '#domain/runs/edit_letter'
import { startRun } from '#domain/runs/start_run'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'
import { Visitor } from '#tests/support/visitor'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

/** Three orders of ten have a total that is no number. */
async function givenFaultyOrders(work: (house: ShopToZoho, edit: Edit) => Promise<void>) {
  const house = await givenShopToZoho({ records: 10 })
  house.shop.exec("update orders set total = 'n/a ' || id where id in (2, 5, 8)")
  await withTestRunners(async (dispatcher) => {
    const request = { trigger: 'manual' as const, requestedBy: null }
    const run = await untilOver(await startRun(house.service, request), dispatcher)
    if (run.rejected !== 3) throw new Error(`${run.rejected} were rejected: ${run.errorMessage}`)
    await work(house, async (wish) => {
      const letters = await lettersOf(house)
      const given = { letters, userId: uuid(), sendsSound: false, tenant: house.tenant }
      const outcome = await editLetters({ ...given, service: house.service, texts: {}, ...wish })
      const over = outcome.type === 'sent' ? await untilOver(outcome.run, dispatcher) : null
      return { outcome, run: over }
    })
  })
  await house.close()
}

type Edit = (wish: Partial<EditRequest>) => Promise<{
  outcome: Awaited<ReturnType<typeof editLetters>>
  run: Awaited<ReturnType<typeof untilOver>> | null
}>

const lettersOf = ({ service }: ShopToZoho) =>
  DeadLetter.query().where('serviceId', service.id).whereNull('resolvedAt').orderBy('sourceKey')

const amounts = (house: ShopToZoho) =>
  house.simulator
    .ledger({ records: true })
    .map(({ record }) => `${String(record?.Order_Ref)} ${String(record?.Amount)}`)

test.group('A failed record that is edited', () => {
  test('is sent as edited, and its letter closes itself', async ({ assert }) => {
    await givenFaultyOrders(async (house, edit) => {
      const [letter] = await lettersOf(house)
      const { run } = await edit({ letters: [letter!], texts: { total: '12.50' } })
      assert.deepEqual([run?.state, run?.created, run?.trigger], ['succeeded', 1, 'replay'])
      assert.include(amounts(house), 'SO-2 12.5')
      assert.isNull(run?.sealedGiven ?? null, 'what was given is dropped with the run')
      await letter!.refresh()
      assert.equal(letter!.resolvedBy, run?.id)
      assert.lengthOf(await lettersOf(house), 2)
      const row: unknown = house.shop.prepare('select total from orders where id = 2').get()
      assert.deepEqual(row, { total: 'n/a 2' }, 'the source is left alone')
      const [event] = await AuditEvent.query().where('subject', run!.id)
      assert.equal(event?.action, 'dead_letters.edited')
      assert.notInclude(JSON.stringify(event?.detail), '12.50')
    })
  }).timeout(180_000)

  test('is judged by the mapping before anything is sent', async ({ assert }) => {
    await givenFaultyOrders(async (house, edit) => {
      const before = house.simulator.stats().credits.used
      const { outcome } = await edit({ texts: { total: 'twelve' } })
      if (outcome.type !== 'refused') throw new Error('It was sent')
      assert.deepEqual(
        outcome.refused.map(({ letter, faults }) => [letter.sourceKey, faults]),
        ['2', '5', '8'].map((key) => [key, ["Amount: 'twelve' is not a decimal number"]])
      )
      assert.equal(house.simulator.stats().credits.used, before)
      const replays = await db
        .from('runs')
        .where('trigger', 'replay')
        .where('service_id', house.service.id)
      assert.lengthOf(replays, 0)
    })
  }).timeout(180_000)

  test('takes a whole group along, and keeps its key whatever is typed', async ({ assert }) => {
    await givenFaultyOrders(async (house, edit) => {
      const { run } = await edit({ texts: { total: '9.75', id: '1' } })
      assert.deepEqual([run?.state, run?.created], ['succeeded', 3])
      assert.includeMembers(amounts(house), ['SO-2 9.75', 'SO-5 9.75', 'SO-8 9.75'])
      assert.lengthOf(await lettersOf(house), 0)
    })
  }).timeout(180_000)

  test('is shown to be edited to operators alone, and each look is written down', async ({
    assert,
  }) => {
    await givenFaultyOrders(async (house) => {
      const { service, tenant } = house
      const letters = await lettersOf(house)
      const [letter] = letters
      const own = `/t/${tenant.slug}`
      const pages = [
        `${own}/dead-letters/${letter!.id}/edit`,
        `${own}/services/${service.id}/letter-edits/create?code=${letter!.code}`,
      ]
      const viewer = await Visitor.signedInAs(await givenUser({ tenant, role: 'viewer' }))
      for (const path of pages) assert.equal(await viewer.statusOf(path), 403, path)
      const looks = () =>
        AuditEvent.query().where({ tenantId: tenant.id, action: 'payload.seen' }).orderBy('number')
      assert.lengthOf(await looks(), 0)
      const user = await givenUser({ tenant })
      const operator = await Visitor.signedInAs(user)
      for (const path of pages) assert.equal(await operator.statusOf(path), 200, path)
      const [one, all, ...more] = await looks()
      assert.lengthOf(more, 0)
      assert.deepEqual([one?.subject, one?.userId], [letter!.id, user.id])
      assert.deepEqual([all?.subject, all?.userId], [service.id, user.id])
      assert.sameMembers(
        all?.detail?.letters as string[],
        letters.map(({ id }) => id)
      )
    })
  }).timeout(180_000)
})
