import { test } from '@japa/runner'
import { checkDefinition } from '#engine/check_definition'
import { checkOptions, completeOptions } from '#engine/write_options'
import type { RecordValues, WriteBatch } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { definition, ORDERS } from '../../engine/support/make_input.js'
import { cannedContext } from './canned_context.js'
import { byRef, deal, dealBatch, dealStream } from './deal_batch.js'
import { finishJob } from './finish_job.js'
import { openOrg } from './open_org.js'
import { bulkRoute, callRoute } from './route_of.js'
import { faultsOf, idsOf, show, write } from './write_kit.js'

const ok = { code: 'SUCCESS', status: 'success', message: 'ok', details: { id: '1' } }

/** The body of the call by which one deal is written. */
async function bodyOf(options: WriteBatch['options'], changes: Partial<WriteBatch> = {}) {
  const { ctx, calls } = cannedContext(() => ({ status: 200, body: { data: [ok] } }), {
    trigger: 'workflow',
  })
  const batch = dealBatch([deal(1, { Tags: ['a'] })], { options, ids: ['9'], ...changes })
  await callRoute(batch.operation).send(ctx, batch)
  const last = calls.at(-1)
  const body: { data: RecordValues[]; trigger?: string[] } = JSON.parse(String(last?.body))
  return { ...body, record: body.data[0], headers: last?.headers ?? {} }
}

test.group('zoho_crm write options', () => {
  test('each says in one sentence what it does, and its default fits', ({ assert }) => {
    const options = connector.discover?.writeOptions?.(dealStream) ?? []
    assert.includeMembers(
      options.map(({ name }) => name),
      ['trigger', 'emptyValues', 'layout', 'lockField', 'appendValues', 'callbackUrl']
    )
    for (const { title, help } of options) {
      assert.isAbove(title.length, 5)
      assert.match(help ?? '', /^[A-Z].{20,}\.$/)
    }
    assert.deepEqual(checkOptions(options, completeOptions(options)), [])
  })

  test('what is mistyped is said when the service is saved', ({ assert }) => {
    const options = connector.discover?.writeOptions?.(dealStream) ?? []
    const said = checkOptions(options, {
      trigger: 'sometimes',
      layout: 'Standard',
      emptyValues: 'maybe',
      callbackUrl: 'http://plain.example',
    })
    assert.sameMembers(
      said.map(({ where }) => where),
      ['trigger', 'layout', 'emptyValues', 'callbackUrl'].map((name) => `target.options.${name}`)
    )
    assert.match(said[0].message, /must be "none", "all", or names out of workflow/)
  })

  test('a route that cannot do it is refused when the service is saved', ({ assert }) => {
    const made = definition('upsert')
    const routes = connector.discover?.routes?.(dealStream) ?? []
    const problems = (route: string | undefined, options: WriteBatch['options']) => {
      const target = { ...made.target, match: byRef, route, options }
      const mapping = ['Order_Ref', 'Deal_Name', 'Stage'].map((to) => ({ to, from: 'name' }))
      const fields = connector.discover?.writeOptions?.(dealStream) ?? []
      const service = { ...made, target, mapping }
      return checkDefinition(service, ORDERS, dealStream, { routes, options: fields })
    }
    assert.deepEqual(problems('bulk_write', { trigger: 'none' }), [])
    assert.deepEqual(problems(undefined, { trigger: 'all' }), [])
    const [problem] = problems('bulk_write', { trigger: 'all' })
    assert.equal(problem.where, 'target.route')
    assert.match(problem.message, /'bulk_write' cannot write all mapped fields with these options/)
  })

  test('what the service says of automations goes before the connection', async ({ assert }) => {
    const said = async (trigger: string | null) => {
      const body = await bodyOf({ trigger })
      return body.trigger
    }
    assert.deepEqual(await said(null), ['workflow'])
    assert.deepEqual(await said('none'), [])
    assert.isUndefined(await said('all'))
    assert.deepEqual(await said('approval, blueprint'), ['approval', 'blueprint'])
  })

  test('automations of the connection are no more left out by a file than those of a service', ({
    assert,
  }) => {
    const wish = { operation: 'upsert' as const, fields: ['Order_Ref'], match: byRef }
    const suits = (setting: string, options: WriteBatch['options']) =>
      connector.discover
        ?.routes?.(dealStream, { trigger: setting })
        .find(({ name }) => name === 'bulk_write')
        ?.suits?.({ ...wish, options })
    const unset: Array<WriteBatch['options']> = [{}, { trigger: null }, { trigger: '' }]
    for (const given of unset) {
      assert.isFalse(suits('all', given))
      assert.isFalse(suits('workflow', given))
      assert.isTrue(suits('', given))
    }
    assert.isTrue(suits('all', { trigger: 'none' }))
    assert.isFalse(suits('', { trigger: 'all' }))
  })

  test('layout, lists, assignment and rules stand where Zoho wants them', async ({ assert }) => {
    const { record, ...body } = await bodyOf({
      layout: '77',
      appendValues: 'Tags',
      assignmentRule: '88',
      layoutRules: true,
      skipCadences: true,
    })
    assert.deepEqual(record.Layout, { id: '77' })
    assert.deepEqual(record.$append_values, { Tags: true })
    assert.containSubset(body, {
      lar_id: '88',
      duplicate_check_fields: ['Order_Ref'],
      apply_feature_execution: [{ name: 'layout_rules' }],
      skip_feature_execution: [
        { name: 'cadences', action: 'insert' },
        { name: 'cadences', action: 'update' },
      ],
    })
    const update = await bodyOf(
      { assignmentRule: '88', appendValues: 'Tags' },
      {
        operation: 'update',
      }
    )
    assert.isUndefined(Reflect.get(update, 'lar_id'))
    const none = deal(1, { Tags: null })
    const cleared = await bodyOf(
      { appendValues: 'Tags' },
      { records: [none], json: [JSON.stringify(none)] }
    )
    assert.isUndefined(cleared.record.$append_values, 'null adds nothing, it clears')
    assert.equal(update.record.id, '9')
  })

  test('an option that makes no sense is a mistake of the settings', async ({ assert }) => {
    const mistakes: Array<WriteBatch['options']> = [
      { trigger: 'sometimes' },
      { layout: 'Standard' },
      { lockField: 'No_Such' },
      { lockField: 'Ordered_At' },
      { appendValues: 'Tags, No_Such' },
      { callbackUrl: 'http://plain.example' },
    ]
    for (const options of mistakes) {
      const { ctx, calls } = cannedContext(() => ({ status: 200 }))
      const sent = callRoute('upsert').send(ctx, dealBatch([deal(1)], { options }))
      assert.containSubset(await sent.catch((thrown: unknown) => thrown), { kind: 'config' })
      assert.lengthOf(calls, 0)
    }
  })

  for (const route of ['upsert', 'bulk_write']) {
    test(`empty values clear or keep, by ${route}`, async ({ assert, cleanup }) => {
      const { ctx } = await openOrg(cleanup)
      const byRoute = async (records: RecordValues[], emptyValues: string) => {
        const batch = dealBatch(records, { options: { emptyValues } })
        if (route === 'upsert') return callRoute('upsert').send(ctx, batch)
        return finishJob(ctx, await bulkRoute().submit(ctx, batch), batch)
      }
      const [id] = idsOf(await byRoute([deal(1, { Shipping_City: 'Ulm', Amount: 5 })], 'clear'))
      const values = async () => {
        const { Shipping_City: city, Amount: amount } = await show(ctx, 'Deals', id)
        return [city, amount]
      }
      await byRoute([deal(1, { Shipping_City: '', Amount: null }), deal(2)], 'keep')
      assert.deepEqual(await values(), ['Ulm', 5])
      await byRoute([deal(1, { Shipping_City: null, Amount: 5 })], 'clear')
      assert.deepEqual(await values(), [null, 5])
    })
  }

  test('lists are added to', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const visit = { Name: 'V', Visit_Code: '1', Purpose: ['Advice'] }
    const match = { by: 'fields' as const, fields: ['Visit_Code'] }
    const [id] = idsOf(await write(ctx, 'Shop_Visits', [visit]))
    const more = { ...visit, Purpose: ['Return'] }
    const options = { appendValues: 'Purpose' }
    await write(ctx, 'Shop_Visits', [more], { operation: 'upsert', match, options })
    const { Purpose: purpose } = await show(ctx, 'Shop_Visits', id)
    assert.deepEqual(purpose, ['Advice', 'Return'])
  })
})

test.group('zoho_crm layouts', () => {
  test('what the layout makes mandatory is missed before a credit is spent', async ({ assert }) => {
    const layouts = [
      {
        id: '77',
        name: 'Retail',
        sections: [{ fields: [{ api_name: 'Amount', required: true }] }],
      },
    ]
    const send = (layout: string, records: RecordValues[]) => {
      const { ctx, calls } = cannedContext(({ url }) =>
        url.includes('/settings/layouts')
          ? { status: 200, body: { layouts } }
          : { status: 200, body: { data: [ok] } }
      )
      const batch = dealBatch(records, { options: { layout } })
      return { calls, outcomes: callRoute('upsert').send(ctx, batch) }
    }
    const some = send('77', [deal(1), deal(2, { Amount: 3 })])
    assert.deepEqual(faultsOf(await some.outcomes), ['MANDATORY_NOT_FOUND', 'updated'])
    const none = send('77', [deal(1, { Amount: null })])
    const [fault] = await none.outcomes
    assert.containSubset(fault, { state: 'rejected', field: 'Amount' })
    assert.lengthOf(none.calls, 1)
    const unknown = await send('78', [deal(1)]).outcomes.catch((thrown: unknown) => thrown)
    assert.containSubset(unknown, { kind: 'config' })
    assert.match(String(unknown), /It has: 77 \(Retail\)/)
  })

  test('an org that hides its layouts checks itself', async ({ assert }) => {
    const refusal = { code: 'OAUTH_SCOPE_MISMATCH', details: {}, message: '', status: 'error' }
    const { ctx } = cannedContext(({ url }) =>
      url.includes('/settings/layouts')
        ? { status: 401, body: refusal }
        : { status: 200, body: { data: [ok] } }
    )
    const batch = dealBatch([deal(1)], { options: { layout: '77' } })
    assert.deepEqual(faultsOf(await callRoute('upsert').send(ctx, batch)), ['updated'])
  })
})
