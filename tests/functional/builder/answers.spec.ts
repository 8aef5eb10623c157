import { test } from '@japa/runner'
import type { Role } from '#domain/tenants/membership'
import type { MappingRow, ServiceDefinition } from '#sdk'
import { givenConnection, givenTenant, givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { Visitor } from '#tests/support/visitor'
import { withTestRunners } from '#tests/support/with_test_runners'

interface Answer {
  ok: boolean
  message?: string
  streams?: Array<{ name: string }>
  stream?: {
    description: { fields: Array<{ name: string }>; cursors: string[] }
    operations: string[]
    changes: string[]
  }
  count?: number
  fields?: Array<{ name: string; shown: string[]; values: Array<{ value: string; count: number }> }>
  values?: Array<{ value: string; count: number }>
  rows?: MappingRow[]
  slots?: Array<{ text: string; note: string | null }>
  spread?: string | null
  problems?: Array<{ where: string; message: string }>
  trial?: {
    problems: Array<{ where: string }>
    records: Array<{
      key: string
      cells: Array<{ to: string; value: unknown; fault: string | null }>
    }>
  } | null
}

async function givenAsker(role: Role, tenant: Awaited<ReturnType<typeof givenTenant>>) {
  const visitor = await Visitor.signedInAs(await givenUser({ tenant, role }))
  const send = (question: string, body: object) =>
    visitor.post(`/t/${tenant.slug}/service-builder/${question}`, body)
  const ask = async (question: string, body: object): Promise<Answer> => {
    const { body: text } = await send(question, body)
    return JSON.parse(text)
  }
  const statusOf = async (question: string, body: object) => {
    const { status } = await send(question, body)
    return status
  }
  return { ask, statusOf }
}

const blank: ServiceDefinition = {
  name: '',
  kind: 'import',
  source: { connection: 'shop', stream: 'orders' },
  target: {
    connection: 'zoho',
    stream: 'Deals',
    operation: 'upsert',
    match: { by: 'fields', fields: [] },
  },
  mapping: [],
}
const told = (definition: object) => ({ definition: JSON.stringify(definition) })

test.group('The builder asks', () => {
  test('for the values of a field, and is told where there are more', async ({ assert }) => {
    const stage = await givenShopToZoho({ records: 501 })
    await withTestRunners(async () => {
      const { ask } = await givenAsker('builder', stage.tenant)
      const orders = { connection: 'shop', stream: 'orders' }
      const many = await ask('values', { ...orders, field: 'number' })
      assert.deepInclude(many, { records: 501, isWhole: false })
      assert.lengthOf(many.values ?? [], 500)
    })
    await stage.close()
  })

  test('for streams, their fields and samples of real records', async ({ assert }) => {
    const stage = await givenShopToZoho({ records: 130 })
    await withTestRunners(async () => {
      const { ask } = await givenAsker('builder', stage.tenant)
      const { streams } = await ask('streams', { connection: 'shop' })
      assert.deepInclude(streams, { name: 'orders', title: 'orders' })
      const shop = await ask('stream', { connection: 'shop', stream: 'orders' })
      assert.deepEqual(shop.stream?.changes, [])
      const zoho = await ask('stream', { connection: 'zoho', stream: 'Deals' })
      assert.includeMembers(zoho.stream?.operations ?? [], ['insert', 'update', 'upsert'])
      assert.includeMembers(zoho.stream?.changes ?? [], ['created', 'updated'])

      const orders = { connection: 'shop', stream: 'orders' }
      const sample = await ask('samples', orders)
      assert.equal(sample.count, 100)
      const field = (name: string) => sample.fields?.find((each) => each.name === name)
      assert.deepEqual(field('number')?.shown, ['SO-1', 'SO-2', 'SO-3'])
      assert.deepEqual(field('number')?.values, [])
      assert.deepEqual(field('status')?.values, [
        { value: 'paid', count: 67 },
        { value: 'new', count: 33 },
      ])
      stage.shop.exec("update orders set status = 'refunded' where id = 120")
      const whole = await ask('values', { ...orders, field: 'status' })
      assert.deepInclude(whole, { records: 130, isWhole: true })
      assert.deepEqual(whole.values?.at(-1), { value: 'refunded', count: 1 })
      const lost = await ask('values', { ...orders, field: 'statu' })
      assert.match(lost.message ?? '', /has no field statu any more/)
      const back = await ask('samples', { connection: 'zoho', stream: 'Deals' })
      assert.isTrue(back.ok, back.message)
    })
    await stage.close()
  })

  test('what a mapping makes of ten records, with faults by cell', async ({ assert }) => {
    const stage = await givenShopToZoho({ records: 30 })
    await withTestRunners(async () => {
      const { ask } = await givenAsker('builder', stage.tenant)
      const { rows } = await ask('proposals', told(blank))
      assert.deepInclude(rows, { to: 'Amount', from: 'total' })
      assert.deepInclude(rows, { to: 'Order_Ref', from: 'number' })
      const mapping: MappingRow[] = [
        { to: 'Deal_Name', formula: 'upper(source.customer)' },
        { to: 'Amount', from: 'customer' },
        { to: 'Stage', formula: 'source.statu' },
      ]
      const { trial } = await ask('trials', told({ ...blank, mapping }))
      assert.deepEqual(
        trial?.problems.map(({ where }) => where),
        ['mapping[2].formula']
      )
      assert.lengthOf(trial?.records ?? [], 10)
      assert.deepEqual(trial?.records[0].cells[0], {
        to: 'Deal_Name',
        value: 'CUSTOMER 1',
        fault: null,
      })
      assert.match(String(trial?.records[0].cells[1].fault), /is not a decimal number/)
      const unfinished = await ask(
        'trials',
        told({ ...blank, target: { ...blank.target, stream: '' } })
      )
      assert.isNull(unfinished.trial)
    })
    await stage.close()
  })

  test('for the next ten runs, with what the clocks do to them', async ({ assert }) => {
    const tenant = await givenTenant()
    const { ask } = await givenAsker('builder', tenant)
    const monthly = { monthly: [1], at: ['07:00'], timezone: 'Europe/Berlin' }
    const { slots } = await ask('slots', told({ ...blank, schedule: monthly }))
    assert.lengthOf(slots ?? [], 10)
    assert.isTrue(slots?.every(({ text }) => text.includes('07:00')))
    const spread = await ask('slots', told({ ...blank, schedule: { ...monthly, jitter: 15 } }))
    assert.equal(spread.spread, 'Plus up to 15 minutes, always the same for this service.')
    assert.isAtLeast(slots?.filter(({ note }) => note?.includes('clocks')).length ?? 0, 1)
    const wrong = { daily: ['25:00'], timezone: 'Mars/Base' }
    const { problems } = await ask('slots', told({ ...blank, schedule: wrong }))
    assert.sameMembers(problems?.map(({ where }) => where) ?? [], [
      'schedule.daily',
      'schedule.timezone',
    ])
  })

  test('and gets a sentence where a connection fails', async ({ assert }) => {
    const tenant = await givenTenant()
    await givenConnection(tenant, {
      name: 'lost',
      connector: 'sqlite',
      settings: { file: 'no.db' },
    })
    await withTestRunners(async () => {
      const { ask } = await givenAsker('builder', tenant)
      const { ok, message } = await ask('streams', { connection: 'lost' })
      assert.isFalse(ok)
      assert.match(String(message), /no\.db/)
    })
  })

  test('only about its own tenant, and only with the role', async ({ assert }) => {
    const foreign = await givenTenant()
    await givenConnection(foreign, { name: 'shop' })
    const tenant = await givenTenant()
    const { ask, statusOf } = await givenAsker('builder', tenant)
    const question = { connection: 'shop', stream: 'orders' }
    for (const name of ['streams', 'stream', 'samples', 'values']) {
      assert.equal(await statusOf(name, question), 404, name)
    }
    assert.deepEqual(await ask('proposals', told(blank)), { ok: true, rows: [] })
    assert.deepEqual(await ask('trials', told(blank)), { ok: true, trial: null })
    assert.deepInclude(await ask('trials', { definition: 7 }), { ok: false })
    for (const role of ['viewer', 'operator'] as const) {
      const asker = await givenAsker(role, tenant)
      for (const name of [
        'streams',
        'stream',
        'samples',
        'values',
        'trials',
        'proposals',
        'slots',
      ]) {
        assert.equal(await asker.statusOf(name, question), 403, name)
      }
    }
  })
})
