import { test } from '@japa/runner'
import type { RecordOutcome, RecordValues } from '#sdk'
import {
  callCodes,
  JARGON,
  momentCodes,
  recordCodes,
  vendorEntry,
  WHAT_TO_DO,
} from '#tests/support/zoho_codes'
import { cannedContext } from './canned_context.js'
import { dealBatch, deals } from './deal_batch.js'
import { callRoute } from './route_of.js'

async function sent(status: number, body: object): Promise<RecordOutcome[]> {
  const { ctx } = cannedContext(() => ({ status, body }))
  return callRoute('insert').send(ctx, dealBatch(deals(1), { operation: 'insert' }))
}

function faultOf([outcome]: RecordOutcome[]) {
  if ('code' in outcome) return outcome
  throw new Error('the record was taken')
}

test.group('zoho_crm every code', () => {
  for (const [code, details, field, says] of recordCodes) {
    test(`of a record: ${code} ${field ?? ''} ${String(says)}`, async ({ assert }) => {
      const fault = faultOf(await sent(400, { data: [vendorEntry(code, details)] }))
      assert.equal(fault.state, 'rejected')
      assert.equal(fault.field ?? null, field)
      assert.match(fault.message, says)
      assert.match(fault.message, WHAT_TO_DO)
      assert.notMatch(fault.message, JARGON)
      if (field !== null) assert.include(fault.message, field === 'id' ? 'id' : field)
    })
  }

  for (const code of momentCodes) {
    test(`of the moment: ${code}`, async ({ assert }) => {
      const fault = faultOf(await sent(400, { data: [vendorEntry(code, {})] }))
      assert.equal(fault.state, 'failed')
      assert.match(fault.message, WHAT_TO_DO)
    })
  }

  for (const [status, code, kind] of callCodes) {
    test(`of a call: ${status} ${code}`, async ({ assert }) => {
      const error = await sent(status, vendorEntry(code, {})).catch((thrown: unknown) => thrown)
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
    const { ctx } = cannedContext(() => ({
      status: 400,
      body: vendorEntry('INVALID_DATA', details),
    }))
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
        return { status: 413, body: vendorEntry('REQUEST_ENTITY_TOO_LARGE', {}) }
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
