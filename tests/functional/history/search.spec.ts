import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import Run from '#domain/runs/run'
import { exportRuns } from '#domain/runs/export_runs'
import type { RunSearch } from '#domain/runs/run_search'
import { searchRuns } from '#domain/runs/search_runs'
import { serviceNumber } from '#domain/runs/service_number'
import type Service from '#domain/services/service'
import { givenDeadLetter, givenRun, givenService, givenTenant } from '#tests/support/app'

const ANYTHING: RunSearch = {
  ...{ service: null, state: null, trigger: null, from: null, to: null },
  ...{ longer: null, shorter: null, error: null, record: null },
}
const noon = DateTime.utc(2026, 11, 20, 12)

function at(service: Service, hour: number, seconds: number, values: Partial<Run> = {}) {
  const queuedAt = noon.plus({ hour })
  const finishedAt = queuedAt.plus({ seconds })
  return givenRun(service, { queuedAt, startedAt: queuedAt, finishedAt, ...values })
}

async function givenHistory() {
  const tenant = await givenTenant()
  const [orders, contacts] = [await givenService(tenant), await givenService(tenant)]
  const foreign = await givenService(await givenTenant())
  const runs = {
    short: await at(orders, 0, 2),
    long: await at(orders, 1, 90, { trigger: 'schedule' }),
    broken: await at(orders, 2, 5, { state: 'failed', errorMessage: 'Table 50%_off is gone' }),
    partial: await at(contacts, 3, 7, { state: 'partial', rejected: 1, trigger: 'webhook' }),
    foreign: await at(foreign, 4, 90, { state: 'failed', errorMessage: 'Table 50%_off is gone' }),
  }
  const names = new Map(Object.entries(runs).map(([name, { id }]) => [id, name]))
  const find = async (search: Partial<RunSearch>) => {
    const turn = { from: null, isNewer: false, limit: 100 }
    const found = await searchRuns(tenant.id, { ...ANYTHING, ...search }, turn)
    return found.map(({ id }) => names.get(id))
  }
  return { tenant, orders, contacts, foreign, runs, find }
}

test.group('Searching runs', () => {
  test('by service, state, trigger, time and duration', async ({ assert }) => {
    const { orders, foreign, find } = await givenHistory()
    assert.deepEqual(await find({}), ['partial', 'broken', 'long', 'short'])
    assert.deepEqual(await find({ service: orders.id }), ['broken', 'long', 'short'])
    assert.deepEqual(await find({ state: 'failed' }), ['broken'])
    assert.deepEqual(await find({ trigger: 'schedule' }), ['long'])
    assert.deepEqual(await find({ longer: 7 }), ['partial', 'long'])
    assert.deepEqual(await find({ longer: 3, shorter: 6 }), ['broken'])
    const [from, to] = [noon.plus({ hour: 1 }), noon.plus({ hour: 2 })].map((t) => t.toMillis())
    assert.deepEqual(await find({ from, to }), ['broken', 'long'])
    assert.deepEqual(await find({ service: orders.id, state: 'succeeded', longer: 60 }), ['long'])
    assert.deepEqual(await find({ service: foreign.id, state: 'queued' }), [])
  })

  test('by the text of an error or the cause of a failed record, as it is written', async ({
    assert,
  }) => {
    const { runs, find } = await givenHistory()
    await givenDeadLetter(runs.partial, { code: 'DUPLICATE_DATA' })
    await givenDeadLetter(runs.foreign, { code: 'DUPLICATE_DATA' })
    assert.deepEqual(await find({ error: '50%_off' }), ['broken'])
    assert.deepEqual(await find({ error: '50_%off' }), [])
    assert.deepEqual(await find({ error: 'DUPLICATE' }), ['partial'])
  })

  test('by what a failed record says, as a page tells it to who may read it', async ({
    assert,
  }) => {
    const { runs, find } = await givenHistory()
    const message = "Amount: 'a lot' is not a decimal number"
    await givenDeadLetter(runs.partial, { code: 'NOT_A_NUMBER', field: 'Amount', message })
    await givenDeadLetter(runs.long, { code: 'NOT_IN_LIST', field: 'Stage', message: 'Stage' })
    assert.deepEqual(await find({ error: 'amount' }), ['partial'])
    assert.deepEqual(await find({ error: 'to the Picklist' }), ['long'], 'the repair')
    assert.deepEqual(await find({ error: "'a lot'", readsMessages: true }), ['partial'])
    assert.deepEqual(await find({ error: 'a lot' }), [], 'a search does not spell out a record')
  })

  test('by a record: runs that failed on it, mended it or settled it last', async ({ assert }) => {
    const { runs, orders, contacts, foreign, find } = await givenHistory()
    const letter = { sourceKey: 'A-7', resolvedBy: runs.long.id, openKey: null }
    await givenDeadLetter(runs.short, letter)
    await givenDeadLetter(runs.foreign, { sourceKey: 'A-7' })
    await givenLink(contacts, 'A-7', 'a-7', runs.partial)
    await givenLink(orders, '1042', 'ada@example.com', runs.broken)
    await givenLink(foreign, '1042', 'ada@example.com', runs.foreign)
    assert.deepEqual(await find({ record: 'A-7' }), ['partial', 'long', 'short'])
    assert.deepEqual(await find({ record: '1042' }), ['broken'])
    assert.deepEqual(await find({ record: 'Ada@Example.com ' }), ['broken'])
    const all = ['partial', 'broken', 'long', 'short']
    assert.deepEqual(await find({ record: '5001 ' }), all, 'by its id in the target')
    assert.deepEqual(await find({ record: 'nobody' }), [])
  })

  test('pages through ties in both directions, and loses none', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    for (let number = 0; number < 12; number += 1) await at(service, Math.floor(number / 5), 1)
    const all = await Run.query().where('tenantId', tenant.id)
    const seen: Run[] = []
    const turn = (from: Run | undefined, isNewer: boolean) => ({
      from: from ? { queuedAt: from.queuedAt.toMillis(), id: from.id } : null,
      isNewer,
      limit: 4,
    })
    for (;;) {
      const page = await searchRuns(tenant.id, ANYTHING, turn(seen.at(-1), false))
      if (page.length === 0) break
      seen.push(...page)
    }
    assert.equal(new Set(seen.map(({ id }) => id)).size, all.length)
    const back = await searchRuns(tenant.id, ANYTHING, turn(seen[8], true))
    assert.deepEqual(
      back.map(({ id }) => id),
      seen.slice(4, 8).map(({ id }) => id)
    )
  })

  test('gives all that fits as a file', async ({ assert }) => {
    const { tenant, runs } = await givenHistory()
    await runs.broken.merge({ errorMessage: '=HYPERLINK("http://x")' }).save()
    let file = ''
    for await (const part of exportRuns(tenant.id, ANYTHING)) file += part
    const lines = file.trimEnd().split('\r\n')
    assert.lengthOf(lines, 5)
    assert.include(lines[2], `"'=HYPERLINK(""http://x"")"`)
    assert.notInclude(file, runs.foreign.id)
  })
})

async function givenLink(service: Service, key: string, match: string, run: Run): Promise<void> {
  await db.table('record_links').insert({
    service_number: await serviceNumber(service.id),
    source_key: key,
    match_key: match,
    target_id: '5001',
    hash: 'h',
    state: 'sent',
    settled_at: run.startedAt?.toMillis() ?? 0,
  })
}
