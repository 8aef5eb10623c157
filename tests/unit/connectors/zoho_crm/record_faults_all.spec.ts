import { test } from '@japa/runner'
import type { RecordOutcome, RecordValues } from '#sdk'
import { cannedContext } from './canned_context.js'
import { dealBatch, deals } from './deal_batch.js'
import { callRoute } from './route_of.js'

const at = (path: string, more: object = {}) => ({
  api_name: path.split(/[.[]/).at(-1),
  json_path: `$.data[0].${path}`,
  ...more,
})

/** Every code of the contract that a record may be refused with. */
const ofRecords: Array<[string, object, string | null, RegExp]> = [
  ['INVALID_DATA', at('Amount', { expected_data_type: 'double' }), 'Amount', /a number/],
  ['INVALID_DATA', at('Closing_Date', { expected_data_type: 'date' }), 'Closing_Date', /a date/],
  ['INVALID_DATA', at('Deal_Name', { maximum_length: 120 }), 'Deal_Name', /120 characters at most/],
  ['INVALID_DATA', at('Account_Name.id'), 'Account_Name', /does not have/],
  ['INVALID_DATA', at('id'), 'id', /no record with this id/],
  [
    'INVALID_DATA',
    at('Items[2].Quantity', { expected_data_type: 'integer' }),
    'Items',
    /Quantity in row 3 of Items .*a whole number/,
  ],
  ['MANDATORY_NOT_FOUND', at('Stage'), 'Stage', /mandatory/],
  ['MANDATORY_NOT_FOUND', at('Account_Name.id'), 'Account_Name', /mandatory/],
  [
    'DUPLICATE_DATA',
    at('Order_Ref', { duplicate_record: { id: '77' } }),
    'Order_Ref',
    /by record 77/,
  ],
  [
    'MULTIPLE_OR_MULTI_ERRORS',
    {
      errors: ['Order_Ref', 'Barcode'].map((name) => ({
        code: 'DUPLICATE_DATA',
        message: 'duplicate data',
        details: at(name),
      })),
    },
    'Order_Ref',
    /Order_Ref must be unique.*Barcode must be unique/,
  ],
  ['MULTIPLE_OR_MULTI_ERRORS', {}, null, /Several values/],
  ['EXPECTED_FIELD_MISSING', { expected_fields: [at('End_Time')] }, 'End_Time', /needs End_Time/],
  [
    'DEPENDENT_FIELD_MISSING',
    at('State', { expected_fields: [at('Country')] }),
    'State',
    /Country/,
  ],
  ['DEPENDENT_MISMATCH', at('State'), 'State', /does not fit/],
  ['AMBIGUITY_DURING_PROCESSING', at('Owner'), 'Owner', /two ways/],
  ['LIMIT_EXCEEDED', at('Tags'), 'Tags', /more than Zoho allows/],
  ['PATTERN_NOT_MATCHED', at('Phone'), 'Phone', /form/],
  ['UNABLE_TO_PARSE_DATA_TYPE', at('Amount'), 'Amount', /cannot read/],
  ['RECORD_LOCKED', {}, null, /locked/],
  ['NOT_APPROVED', {}, null, /approval/],
  ['BLOCKED_RECORD', {}, null, /blocked/],
  ['AUTHORIZATION_FAILED', {}, null, /may not write/],
  ['NO_PERMISSION', {}, null, /may not write/],
  ['NOT_SUPPORTED', at('Tag'), 'Tag', /does not support/],
  ['RESOURCE_NOT_FOUND', at('Account_Name.id'), 'Account_Name', /does not have/],
  ['INVALID_MODULE', {}, null, /module/],
  ['ALREADY_MODIFIED', { id: '5' }, null, /changed in Zoho after/],
  ['FILE_TOO_LARGE', at('Report'), 'Report', /larger than/],
  ['REQUEST_ENTITY_TOO_LARGE', {}, null, /larger than/],
  ['FILE_SIZE_MORE_THAN_ALLOWED_SIZE', at('Report'), 'Report', /larger than/],
  ['MEDIA_TYPE_NOT_SUPPORTED', at('Report'), 'Report', /kind/],
]

/** Codes that blame Zoho or the moment: the record is sent again. */
const ofTheMoment = ['INTERNAL_ERROR', 'INTERNAL_SERVER_ERROR', 'CANNOT_PROCESS']

/** Every code of the contract that a whole call may be refused with, and what the run does. */
const ofCalls: Array<[number, string, string]> = [
  [400, 'INVALID_MODULE', 'config'],
  [400, 'INVALID_DATA', 'config'],
  [400, 'MANDATORY_NOT_FOUND', 'config'],
  [400, 'EXPECTED_FIELD_MISSING', 'config'],
  [400, 'AMBIGUITY_DURING_PROCESSING', 'config'],
  [400, 'REQUIRED_PARAM_MISSING', 'config'],
  [400, 'EXPECTED_PARAM_MISSING', 'config'],
  [400, 'LIMIT_EXCEEDED', 'config'],
  [400, 'LIMIT_REACHED', 'config'],
  [400, 'DISCRETE_PAGINATION_LIMIT_EXCEEDED', 'config'],
  [400, 'PAGINATION_LIMIT_EXCEEDED', 'config'],
  [400, 'TOKEN_BOUND_DATA_MISMATCH', 'config'],
  [400, 'EXPIRED_VALUE', 'config'],
  [400, 'INVALID_QUERY', 'config'],
  [400, 'SYNTAX_ERROR', 'config'],
  [400, 'INVALID_ALIAS', 'config'],
  [400, 'DUPLICATE_ALIAS', 'config'],
  [400, 'RECORD_LOCKED', 'config'],
  [400, 'NOT_APPROVED', 'config'],
  [400, 'UNABLE_TO_PARSE_DATA_TYPE', 'config'],
  [400, 'PATTERN_NOT_MATCHED', 'config'],
  [400, 'INVALID_REQUEST_METHOD', 'config'],
  [400, 'AUTHORIZATION_FAILED', 'config'],
  [400, 'INVALID_HOST', 'config'],
  [400, 'NOT_SUPPORTED', 'config'],
  [401, 'AUTHENTICATION_FAILURE', 'auth'],
  [401, 'INVALID_TOKEN', 'auth'],
  [401, 'OAUTH_SCOPE_MISMATCH', 'auth'],
  [403, 'NO_PERMISSION', 'config'],
  [403, 'NOT_SUPPORTED', 'config'],
  [404, 'INVALID_URL_PATTERN', 'config'],
  [404, 'RESOURCE_NOT_FOUND', 'config'],
  [415, 'MEDIA_TYPE_NOT_SUPPORTED', 'config'],
  [429, 'TOO_MANY_REQUESTS', 'rate_limited'],
  [500, 'INTERNAL_ERROR', 'transient'],
]

const JARGON = /json|api_name|\$\.|data_type|undefined|null|\[object|bigint|double/i
const WHAT_TO_DO =
  /\b(Map|Send|Convert|Change|Check|Choose|Shorten|Ask|Unlock|Unblock|Approve|Compare|Remove|Do not map|Upload|Authorise|Test|Start|Narrow|Read|Give|Rename|It is sent again)\b/

const entry = (code: string, details: object) => ({
  code,
  details,
  message: 'as Zoho words it',
  status: 'error',
})

async function sent(status: number, body: object): Promise<RecordOutcome[]> {
  const { ctx } = cannedContext(() => ({ status, body }))
  return callRoute('insert').send(ctx, dealBatch(deals(1), { operation: 'insert' }))
}

function faultOf([outcome]: RecordOutcome[]) {
  if ('code' in outcome) return outcome
  throw new Error('the record was taken')
}

test.group('zoho_crm every code', () => {
  for (const [code, details, field, says] of ofRecords) {
    test(`of a record: ${code} ${field ?? ''} ${String(says)}`, async ({ assert }) => {
      const fault = faultOf(await sent(400, { data: [entry(code, details)] }))
      assert.equal(fault.state, 'rejected')
      assert.equal(fault.field ?? null, field)
      assert.match(fault.message, says)
      assert.match(fault.message, WHAT_TO_DO)
      assert.notMatch(fault.message, JARGON)
      if (field !== null) assert.include(fault.message, field === 'id' ? 'id' : field)
    })
  }

  for (const code of ofTheMoment) {
    test(`of the moment: ${code}`, async ({ assert }) => {
      const fault = faultOf(await sent(400, { data: [entry(code, {})] }))
      assert.equal(fault.state, 'failed')
      assert.match(fault.message, WHAT_TO_DO)
    })
  }

  for (const [status, code, kind] of ofCalls) {
    test(`of a call: ${status} ${code}`, async ({ assert }) => {
      const error = await sent(status, entry(code, {})).catch((thrown: unknown) => thrown)
      assert.containSubset(error, { kind })
      const message = String(Reflect.get(Object(error), 'message'))
      const [said] = message.split('Zoho says:')
      if (kind === 'auth' || kind === 'config') assert.match(said, WHAT_TO_DO)
      assert.notMatch(said, JARGON)
      assert.isAbove(said.length, 20)
    })
  }

  test('a call refused for one record rejects that one and keeps the others', async ({
    assert,
  }) => {
    const details = { json_path: '$.data[1].Amount', api_name: 'Amount' }
    const { ctx } = cannedContext(() => ({ status: 400, body: entry('INVALID_DATA', details) }))
    const outcomes = await callRoute('upsert').send(ctx, dealBatch(deals(3)))
    assert.deepEqual(
      outcomes.map(({ state }) => state),
      ['failed', 'rejected', 'failed']
    )
    assert.containSubset(outcomes[1], { code: 'INVALID_DATA', field: 'Amount' })
  })

  test('a call that is too large is halved until it fits', async ({ assert }) => {
    const sizes: number[] = []
    const { ctx } = cannedContext(({ body }) => {
      const { data }: { data: RecordValues[] } = JSON.parse(String(body))
      sizes.push(data.length)
      if (data.some(({ Order_Ref: ref }) => ref === 'R-3') && data.length > 0) {
        return { status: 413, body: entry('REQUEST_ENTITY_TOO_LARGE', {}) }
      }
      const details = { id: '1' }
      return {
        status: 201,
        body: {
          data: data.map(() => ({ code: 'SUCCESS', details, message: '', status: 'success' })),
        },
      }
    })
    const outcomes = await callRoute('insert').send(
      ctx,
      dealBatch(deals(5), { operation: 'insert' })
    )
    assert.deepEqual(
      outcomes.toSorted((a, b) => a.index - b.index).map(({ state }) => state),
      ['created', 'created', 'rejected', 'created', 'created']
    )
    assert.deepEqual(sizes, [5, 3, 2, 1, 2])
  })
})
