import { test } from '@japa/runner'
import { Refusal } from '#domain/refusal'
import { archive } from '#domain/runs/archive'
import { startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import { applyServiceFile } from '#domain/services/apply_service_file'
import { changeState } from '#domain/services/change_state'
import { duplicate } from '#domain/services/duplicate'
import { writeServiceFile } from '#domain/services/write_service_file'
import type { ServiceDefinition, ServiceFlag } from '#sdk'
import { givenUser } from '#tests/support/app'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { flaggedDefinition, givenFlaggedOrders } from '#tests/support/flagged_orders'
import { postgresMissing } from '#tests/support/postgres'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const request = { trigger: 'manual' as const, requestedBy: null }
const MISSING = { mysql: await mariadbMissing(), postgres: postgresMissing() }
const TIME = { mysql: 'DATETIME(3)', postgres: 'TIMESTAMPTZ' }

const flaggedBy = (flag: ServiceFlag, name = flaggedDefinition.name): ServiceDefinition => ({
  ...flaggedDefinition,
  name,
  source: { ...flaggedDefinition.source, flag },
})

async function refusalOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Refusal) return [error.message, ...error.problems].join('\n')
    throw error
  }
  throw new Error('It was not refused')
}

for (const on of ['mysql', 'postgres'] as const) {
  test.group(`Kinds of sync flags in ${on}`, (group) => {
    group.each.skip(MISSING[on] !== null, MISSING[on] ?? undefined)

    test('a time, a text and a number are set, and tell what is not read again', async ({
      assert,
    }) => {
      const house = await givenFlaggedOrders({ on, records: 12 })
      await house.sql.query(`ALTER TABLE orders ADD sent_at ${TIME[on]}`)
      await house.sql.query('ALTER TABLE orders ADD sent VARCHAR(3)')
      await house.sql.query('ALTER TABLE orders ADD times INT')
      const started = Date.now() - 60_000
      await withTestRunners(async (dispatcher) => {
        const flags = [{ field: 'sent_at' }, { field: 'sent', set: 'yes' }, { field: 'times' }]
        for (const [at, flag] of flags.entries()) {
          await applyService(house.tenant, flaggedBy(flag), { userId: null })
          for (const read of [{ created: at ? 0 : 12, unchanged: at ? 12 : 0 }, NOTHING]) {
            const service = await house.service.refresh()
            const run = await untilOver(await startRun(service, request), dispatcher)
            assert.containSubset(run, { state: 'succeeded', ...read }, JSON.stringify(flag))
          }
        }
      })
      const rows = await house.sql.query('SELECT sent_at, sent, times FROM orders')
      assert.lengthOf(rows, 12)
      for (const { sent_at: at, ...others } of rows) {
        assert.deepEqual(others, { sent: 'yes', times: 1 })
        const time = at instanceof Date ? at.getTime() : Date.parse(`${String(at)}Z`)
        assert.isTrue(time > started && time < Date.now() + 60_000, String(at))
      }
      await house.close()
    }).timeout(120_000)
  })
}

const NOTHING = { created: 0, updated: 0, unchanged: 0, rejected: 0 }

test.group('A sync flag in a definition', (group) => {
  group.each.skip(MISSING.mysql !== null, MISSING.mysql ?? undefined)

  test('stays in the file of its service, and is not shared', async ({ assert }) => {
    const house = await givenFlaggedOrders({ on: 'mysql', records: 1 })
    const { tenant, service } = house
    await withTestRunners(async () => {
      const text = await writeServiceFile(service)
      const applyFile = (content: string) =>
        applyServiceFile(tenant, { text: content, name: 'service.yaml' }, { userId: null })
      assert.match(text, /flag:\n {4}field: synced/)
      const { isChanged } = await applyFile(text)
      assert.isFalse(isChanged)
      const odd = text.replace('field: synced', 'field: synced\n    colour: red')
      assert.include(
        await refusalOf(() => applyFile(odd)),
        'source.flag.colour is not known here; known are: field, set, unset'
      )

      const apply = (definition: ServiceDefinition) => () =>
        applyService(tenant, definition, { userId: null })
      assert.include(
        await refusalOf(apply(flaggedBy({ field: 'synched' }))),
        "source.flag.field: 'orders' has no field 'synched'. Did you mean 'synced'?"
      )
      assert.include(
        await refusalOf(apply(flaggedBy({ field: 'synced' }, 'another'))),
        'the service "orders-to-deals" sets "synced" already'
      )
      const user = await givenUser({ tenant, role: 'builder' })
      const copy = await duplicate(tenant, service, user.id)
      const { definition } = await copy.currentRevision()
      assert.isUndefined(definition.source.flag)
      assert.match(String(copy.stateReason), /without the sync flag/)
    })
    await house.close()
  }).timeout(60_000)

  test('keeps a service archived while another has it', async ({ assert }) => {
    const house = await givenFlaggedOrders({ on: 'mysql', records: 1 })
    const { tenant, service } = house
    const { id: userId } = await givenUser({ tenant, role: 'builder' })
    await withTestRunners(async () => {
      await archive(service, userId)
      const taken = flaggedBy({ field: 'synced' }, 'another')
      const { service: another } = await applyService(tenant, taken, { userId: null })
      const restore = () => changeState(service, 'paused', { userId })
      assert.include(await refusalOf(restore), 'the service "another" sets "synced" already')
      await service.refresh()
      assert.equal(service.state, 'archived')
      await archive(another, userId)
      await restore()
      await service.refresh()
      assert.equal(service.state, 'paused')
    })
    await house.close()
  }).timeout(60_000)

  test('is refused where the source is not written', async ({ assert }) => {
    const house = await givenShopToZoho({ records: 1 })
    const plain = orderDefinition({ records: 1 })
    const source = { ...plain.source, flag: { field: 'status', set: 'sent' } }
    await withTestRunners(async () => {
      const said = await refusalOf(() =>
        applyService(house.tenant, { ...plain, source }, { userId: null })
      )
      assert.include(said, "source.flag: 'orders' cannot be written, so no flag can be set in it")
    })
    await house.close()
  }).timeout(60_000)
})
