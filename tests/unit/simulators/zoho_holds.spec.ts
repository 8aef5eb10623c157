import { test } from '@japa/runner'
import { BulkClient } from './bulk_client.js'
import { deal, openSimulator, type SimulatorClient } from './open_simulator.js'

const deals = '/crm/v8/Deals'

async function open(cleanup: (close: () => Promise<void>) => void) {
  const zoho = await openSimulator(cleanup, { bulkDelayMs: 0 })
  const { rows } = await zoho.deals([deal(1), deal(2)])
  const [id, free] = rows.map(({ details }) => String(details.id))
  const doIt = (operation: string) =>
    zoho.post('/__simulator/edit', { module: 'Deals', operation, records: [{ id }] })
  return { zoho, id, free, doIt }
}

async function told(answer: ReturnType<SimulatorClient['get']>) {
  const { status, rows } = await answer
  const [{ code, details, message }] = rows
  return { status, code: String(code), details, message: String(message) }
}

test.group('Zoho simulator: records on hold', () => {
  test('a record that a user locked is not changed until it is unlocked', async (context) => {
    const { assert } = context
    const { zoho, id, free, doIt } = await open(context.cleanup)
    await doIt('lock')
    const change = { data: [{ id, Amount: 1 }] }
    const many = await told(zoho.put(deals, { data: [change.data[0], { id: free, Amount: 1 }] }))
    const where = { api_name: 'id', json_path: '$.data[0].id', action: 'record_locking' }
    assert.deepInclude(many, { status: 207, code: 'RECORD_LOCKED' })
    assert.deepEqual(many.details, where as unknown as typeof many.details)
    assert.match(many.message, /the record is locked/)
    const one = await told(zoho.put(`${deals}/${id}`, change))
    assert.deepInclude(one, { status: 400, code: 'RECORD_LOCKED' })
    assert.equal(one.details.resource_path_index, 1 as unknown as typeof one.details)
    const upsert = await told(zoho.deals([deal(1, { Amount: 1 })]))
    assert.deepInclude(upsert, { status: 400, code: 'RECORD_LOCKED' })
    const gone = await told(zoho.delete(`${deals}/${id}`))
    assert.deepInclude(gone, { status: 400, code: 'RECORD_LOCKED' })
    await doIt('unlock')
    assert.deepInclude(await told(zoho.put(deals, change)), { status: 200, code: 'SUCCESS' })
  })

  test('one that waits for approval is not changed, and found where asked for', async (context) => {
    const { assert } = context
    const { zoho, id, doIt } = await open(context.cleanup)
    const found = async (more: string) => {
      const { rows } = await zoho.get(
        `${deals}/search?criteria=(Stage:equals:Qualification)${more}`
      )
      return rows.map(({ Order_Ref: ref }) => String(ref)).join()
    }
    await doIt('submit')
    const put = await told(zoho.put(deals, { data: [{ id, Amount: 1 }] }))
    assert.deepInclude(put, { status: 400, code: 'NOT_APPROVED' })
    const gone = await told(zoho.delete(`${deals}/${id}`))
    assert.deepInclude(gone, { status: 400, code: 'NOT_APPROVED' })
    assert.equal(await found(''), 'R-2')
    assert.equal(await found('&approved=false'), 'R-1')
    assert.equal(await found('&approved=both'), 'R-1,R-2')
    const odd = await zoho.get(`${deals}/search?word=Order&approved=maybe`)
    assert.equal(odd.body.details.param_name, 'approved')
    const flags = await zoho.get(`${deals}?fields=$approval_state,$editable&ids=${id}`)
    const waiting = { $approval_state: 'approval_process_pending', $editable: false, id }
    assert.deepEqual(flags.rows, [waiting] as unknown as typeof flags.rows)
    await doIt('approve')
    const { rows } = await zoho.get(`${deals}/${id}`)
    assert.deepInclude(rows[0], { $approval_state: 'approved', $editable: true } as never)
  })

  test('a bulk write tells of either in its result', async (context) => {
    const { assert } = context
    const { zoho, doIt } = await open(context.cleanup)
    const bulk = new BulkClient(zoho)
    const errors = async () => {
      const rows = [
        ['Order_Ref', 'Amount'],
        ['R-1', 5],
        ['R-2', 5],
      ]
      const job = await bulk.run(rows, { operation: 'update' })
      const lines = await bulk.resultRows(String(job.result.download_url))
      return lines.slice(1).map((line) => line.at(-1))
    }
    await doIt('lock')
    assert.deepEqual(await errors(), ['BLOCKED_RECORD-Order_Ref', ''])
    await doIt('submit')
    assert.deepEqual(await errors(), ['NOT_APPROVED-Order_Ref', ''])
  })
})
