import { test } from '@japa/runner'
import { cannedContext } from './canned_context.js'
import { dealBatch, deals } from './deal_batch.js'
import { callRoute } from './route_of.js'

const fault = (code: string, details: object, message = 'as named') => ({
  code,
  details,
  message,
  status: 'error',
})

async function outcomeOf(entry: object) {
  const ok = { code: 'SUCCESS', details: { id: '1' }, message: 'record added', status: 'success' }
  const { ctx } = cannedContext(() => ({ status: 207, body: { data: [ok, entry] } }))
  const batch = dealBatch(deals(2), { operation: 'insert' })
  const outcomes = await callRoute('insert').send(ctx, batch)
  return outcomes[1]
}

const table: Array<[object, object, RegExp]> = [
  [
    fault('INVALID_DATA', { api_name: 'Amount', expected_data_type: 'double' }),
    { state: 'rejected', code: 'INVALID_DATA', field: 'Amount' },
    /Amount does not hold what Zoho expects there: a number/,
  ],
  [
    fault('INVALID_DATA', {
      api_name: 'id',
      expected_data_type: 'bigint',
      json_path: '$.data[1].Account_Name.id',
    }),
    { state: 'rejected', field: 'Account_Name' },
    /points to a record that Zoho does not have/,
  ],
  [
    fault('DUPLICATE_DATA', { api_name: 'Order_Ref', duplicate_record: { id: '77' } }),
    { state: 'rejected', field: 'Order_Ref' },
    /already used by record 77/,
  ],
  [
    fault('MULTIPLE_OR_MULTI_ERRORS', {
      errors: [
        fault('DUPLICATE_DATA', { api_name: 'Order_Ref' }),
        fault('MANDATORY_NOT_FOUND', { api_name: 'Stage' }),
      ],
    }),
    { state: 'rejected', code: 'DUPLICATE_DATA', field: 'Order_Ref' },
    /Order_Ref must be unique.*Stage is mandatory/,
  ],
  [
    fault('EXPECTED_FIELD_MISSING', { expected_fields: [{ api_name: 'Start' }] }),
    { state: 'rejected', field: 'Start' },
    /Start/,
  ],
  [fault('RECORD_LOCKED', {}), { state: 'rejected', code: 'RECORD_LOCKED' }, /locked/],
  [fault('INTERNAL_ERROR', {}), { state: 'failed', code: 'INTERNAL_ERROR' }, /fault of its own/],
  [fault('BRAND_NEW', {}, 'never seen'), { state: 'rejected' }, /never seen \[BRAND_NEW\]/],
]

test.group('zoho_crm record faults', () => {
  for (const [entry, expected, sentence] of table) {
    test(`says what ${String(sentence)}`, async ({ assert }) => {
      const outcome = await outcomeOf(entry)
      assert.containSubset(outcome, { index: 1, ...expected })
      assert.match('message' in outcome ? outcome.message : '', sentence)
    })
  }

  test('update sends ids within the JSON and asks nothing for unknown ones', async ({ assert }) => {
    const data = ['5', '6'].map((id) => ({
      code: 'SUCCESS',
      details: { id },
      message: 'record updated',
      status: 'success',
    }))
    const { ctx, calls } = cannedContext(() => ({ status: 200, body: { data } }))
    const batch = dealBatch([{ Stage: 'Won' }, { Stage: 'Lost' }, {}], {
      operation: 'update',
      match: { by: 'id' },
      ids: ['5', null, '6'],
    })
    const outcomes = await callRoute('update').send(ctx, batch)
    assert.deepEqual(JSON.parse(String(calls[0].body)), {
      data: [{ id: '5', Stage: 'Won' }, { id: '6' }],
      trigger: [],
    })
    assert.containSubset(
      outcomes.toSorted((a, b) => a.index - b.index),
      [
        { index: 0, state: 'updated', id: '5' },
        { index: 1, state: 'rejected', code: 'UNKNOWN_RECORD' },
        { index: 2, state: 'updated', id: '6' },
      ]
    )
  })

  test('large writes share the heavy lane, small ones do not', async ({ assert }) => {
    const lanes: unknown[] = []
    for (const count of [10, 11]) {
      const { ctx, calls } = cannedContext(() => ({ status: 429 }))
      const send = callRoute('upsert').send(ctx, dealBatch(deals(count)))
      await send.catch((thrown: unknown) => thrown)
      lanes.push([calls[0].lane, calls[0].credits])
    }
    assert.deepEqual(lanes, [
      [undefined, 1],
      ['heavy', 2],
    ])
  })

  test('upsert by id is refused before a call', async ({ assert }) => {
    const { ctx, calls } = cannedContext(() => ({ status: 200 }))
    const send = callRoute('upsert').send(ctx, dealBatch(deals(1), { match: { by: 'id' } }))
    const error = await send.catch((thrown: unknown) => thrown)
    assert.containSubset(error, { kind: 'config' })
    assert.lengthOf(calls, 0)
  })
})
