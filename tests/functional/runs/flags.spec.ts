import { test } from '@japa/runner'
import { v7 as uuid } from 'uuid'
import DeadLetter from '#domain/runs/dead_letter'
import type { Dispatcher } from '#domain/runs/dispatcher'
import { editLetters } from '#domain/runs/edit_letter'
import { replayDeadLetters } from '#domain/runs/replay'
import { reportRun } from '#domain/runs/run_report'
import { startRun } from '#domain/runs/start_run'
import { previewService } from '#domain/services/preview_service'
import { givenUser } from '#tests/support/app'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { givenFlaggedOrders } from '#tests/support/flagged_orders'
import type { FlaggedOrders } from '#tests/support/flagged_orders'
import { postgresMissing } from '#tests/support/postgres'
import { until } from '#tests/support/until'
import { Visitor } from '#tests/support/visitor'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const request = { trigger: 'manual' as const, requestedBy: null }
const MISSING = { mysql: await mariadbMissing(), postgres: postgresMissing() }

async function runOnce({ service }: FlaggedOrders, dispatcher: Dispatcher) {
  return untilOver(await startRun(await service.refresh(), request), dispatcher)
}

const inserts = ({ simulator }: FlaggedOrders) =>
  simulator.ledger({ records: true }).filter(({ action }) => action === 'insert').length

for (const on of ['mysql', 'postgres'] as const) {
  test.group(`Sync flags in ${on}`, (group) => {
    group.each.skip(MISSING[on] !== null, MISSING[on] ?? undefined)

    test('are set for what Zoho has confirmed, and for no more', async ({ assert }) => {
      const house = await givenFlaggedOrders({ on, records: 1_200 })
      await house.sql.query(`UPDATE orders SET total = 'n/a' WHERE id IN (7, 8)`)
      const before = await house.sql.query('SELECT updated_at FROM orders ORDER BY id')
      await withTestRunners(async (dispatcher) => {
        const { counts } = await previewService(await house.service.refresh(), 10)
        assert.deepInclude(counts, { create: 1_198, rejected: 2 })
        assert.lengthOf(await house.flagged(), 0, 'a preview flags nothing')

        const first = await runOnce(house, dispatcher)
        assert.containSubset(first, { state: 'partial', created: 1_198, rejected: 2 })
        const flagged = await house.flagged()
        assert.lengthOf(flagged, 1_198)
        assert.notIncludeMembers(flagged, ['SO-7', 'SO-8'])
        const after = await house.sql.query('SELECT updated_at FROM orders ORDER BY id')
        assert.deepEqual(after, before, 'a flag is no change of the record')

        const used = house.simulator.stats().credits.used
        const second = await runOnce(house, dispatcher)
        assert.containSubset(second, { created: 0, updated: 0, unchanged: 0, rejected: 2 })
        assert.equal(house.simulator.stats().credits.used, used)

        await house.sql.query(
          `UPDATE orders SET customer = 'Moved', synced = ${NO[on]} WHERE id = 1`
        )
        const third = await runOnce(house, dispatcher)
        assert.containSubset(third, { updated: 1, rejected: 2 })
        assert.include(await house.flagged(), 'SO-1')
      })
      await house.close()
    }).timeout(120_000)

    test('are set by the run that mends a failed record', async ({ assert }) => {
      const house = await givenFlaggedOrders({ on, records: 5 })
      await house.sql.query(`UPDATE orders SET total = 'n/a' WHERE id IN (2, 4)`)
      await withTestRunners(async (dispatcher) => {
        await runOnce(house, dispatcher)
        const { tenant, service } = house
        const letters = await DeadLetter.query()
          .where('serviceId', service.id)
          .whereNull('resolvedAt')
          .orderBy('sourceKey')
        assert.lengthOf(letters, 2)
        const edit = { tenant, service, userId: uuid(), sendsSound: false }
        const sent = await editLetters({
          ...edit,
          letters: [letters[0]!],
          texts: { total: '12.50' },
        })
        if (sent.type !== 'sent') throw new Error('It was refused')
        await untilOver(sent.run, dispatcher)
        assert.include(await house.flagged(), 'SO-2', 'the source still holds what it held')

        await house.sql.query(`UPDATE orders SET total = '4.25' WHERE id = 4`)
        const again = await replayDeadLetters(service, 'all', uuid())
        await untilOver(again, dispatcher)
        assert.lengthOf(await house.flagged(), 5)
        const last = await runOnce(house, dispatcher)
        assert.containSubset(last, { state: 'succeeded', unchanged: 0, updated: 0 })
      })
      await house.close()
    }).timeout(120_000)

    test('stay unset where a record was edited while it was sent', async ({ assert }) => {
      const house = await givenFlaggedOrders({ on, records: 20 })
      const editor = await house.shop.open()
      await withTestRunners(async (dispatcher) => {
        // Nobody sees the edit before it is committed, and its row is locked until then.
        await editor.query('BEGIN')
        await editor.query(`UPDATE orders SET customer = 'Edited meanwhile' WHERE id = 3`)
        const run = await startRun(await house.service.refresh(), request)
        await until('all are sent', async () => inserts(house) === 20)
        await editor.query('COMMIT')
        const over = await untilOver(run, dispatcher)
        assert.containSubset(over, { state: 'succeeded', created: 20 })
        const flagged = await house.flagged()
        assert.lengthOf(flagged, 19)
        assert.notInclude(flagged, 'SO-3')
        const { flags, warning } = await reportRun(over)
        assert.containSubset(flags, { set: 19, changed: 1, left: 0 })
        assert.match(String(warning), /^1 record changed in the source meanwhile/)

        const next = await runOnce(house, dispatcher)
        assert.containSubset(next, { state: 'succeeded', updated: 1, unchanged: 0 })
        assert.lengthOf(await house.flagged(), 20)
        const names = house.simulator
          .ledger({ records: true })
          .map(({ record }) => record?.Deal_Name)
        assert.include(names, 'Edited meanwhile')
      })
      await editor.close()
      await house.close()
    }).timeout(120_000)
  })
}

const NO = { mysql: '0', postgres: 'false' }

test.group('Sync flags that the database unsets', (group) => {
  group.each.skip(MISSING.mysql !== null, MISSING.mysql ?? undefined)

  test('stay set until a row changes', async ({ assert }) => {
    const house = await givenFlaggedOrders({ on: 'mysql', records: 6 })
    await house.sql.query(TRIGGER)
    await withTestRunners(async (dispatcher) => {
      const first = await runOnce(house, dispatcher)
      assert.containSubset(first, { state: 'succeeded', created: 6 })
      assert.lengthOf(await house.flagged(), 6)
      await house.sql.query(`UPDATE orders SET customer = 'Moved' WHERE id = 4`)
      assert.notInclude(await house.flagged(), 'SO-4')
      const second = await runOnce(house, dispatcher)
      assert.containSubset(second, { updated: 1, unchanged: 0 })
      assert.lengthOf(await house.flagged(), 6)
    })
    await house.close()
  }).timeout(120_000)

  test('stay set when they are set twice, in a column that was empty', async ({ assert }) => {
    const house = await givenFlaggedOrders({ on: 'mysql', records: 6 })
    await house.sql.query('ALTER TABLE orders MODIFY synced TINYINT(1) NULL')
    await house.sql.query('UPDATE orders SET synced = NULL')
    await house.sql.query(TRIGGER)
    await withTestRunners(async (dispatcher) => {
      await runOnce(house, dispatcher)
      assert.lengthOf(await house.flagged(), 6)
      const twice = { ...request, onlyKeys: ['1', '2', '3'] }
      const again = await startRun(await house.service.refresh(), twice)
      const report = await reportRun(await untilOver(again, dispatcher))
      assert.containSubset(report.flags, { set: 3 })
      assert.lengthOf(await house.flagged(), 6)
    })
    await house.close()
  }).timeout(120_000)
})

/** As the guide has it. */
const TRIGGER = `CREATE TRIGGER orders_changed BEFORE UPDATE ON orders FOR EACH ROW
  SET NEW.synced = IF(NOT (NEW.synced <=> OLD.synced), NEW.synced, FALSE)`

test.group('Sync flags that cannot be written', (group) => {
  group.each.skip(MISSING.mysql !== null, MISSING.mysql ?? undefined)

  test('are said on the run, and set by the next one for no credit', async ({ assert }) => {
    const house = await givenFlaggedOrders({ on: 'mysql', records: 30 })
    // As a database that refuses: the trigger objects to every change of a row.
    await house.sql.query(`CREATE TRIGGER closed BEFORE UPDATE ON orders FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This table is closed for today'`)
    await withTestRunners(async (dispatcher) => {
      const first = await runOnce(house, dispatcher)
      assert.containSubset(first, { state: 'succeeded', created: 30 })
      assert.lengthOf(await house.flagged(), 0)
      const { warning } = await reportRun(first)
      assert.match(String(warning), /could not be written for 30 records .*closed for today/)
      const user = await givenUser({ tenant: house.tenant, role: 'viewer' })
      const visitor = await Visitor.signedInAs(user)
      const page = await visitor.pageAt(`/t/${house.tenant.slug}/runs/${first.id}`)
      assert.equal(Reflect.get(Object(page?.props.run), 'flags'), warning)

      await house.sql.query('DROP TRIGGER closed')
      const used = house.simulator.stats().credits.used
      const second = await runOnce(house, dispatcher)
      assert.containSubset(second, { state: 'succeeded', unchanged: 30, created: 0, updated: 0 })
      assert.equal(house.simulator.stats().credits.used, used)
      assert.lengthOf(await house.flagged(), 30)
      const told = await reportRun(second)
      assert.isUndefined(told.warning)
      assert.containSubset(told.flags, { set: 30, left: 0 })
    })
    await house.close()
  }).timeout(120_000)
})
