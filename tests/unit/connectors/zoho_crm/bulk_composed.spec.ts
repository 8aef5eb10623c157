import fc from 'fast-check'
import { test } from '@japa/runner'
import type { Field, HttpRequest, RecordValues, WriteBatch } from '#sdk'
import { packComposed, packJob } from '../../../../plugins/connectors/zoho_crm/bulk/pack_job.js'
import { planFile } from '../../../../plugins/connectors/zoho_crm/bulk/plan_file.js'
import { firstCells } from '../../../../plugins/connectors/zoho_crm/bulk/parse_csv.js'
import { headerOf, writeCsv } from '../../../../plugins/connectors/zoho_crm/bulk/write_csv.js'
import { zipFiles } from '../../../../plugins/connectors/zoho_crm/bulk/zip_files.js'
import { cannedContext } from './canned_context.js'
import { deal, dealBatch, deals, dealStream } from './deal_batch.js'
import { bulkRoute } from './route_of.js'

const fields = ['Deal_Name', 'Stage', 'Order_Ref', 'Ordered_At', 'Is_Gift', 'Tags']
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ' a', '"', ',\r\n', '\n'))
const record: fc.Arbitrary<RecordValues> = fc.record({
  Deal_Name: text,
  Stage: fc.option(text),
  Order_Ref: text,
  Ordered_At: fc.option(fc.constantFrom('2026-01-31T10:00:00.25Z', '2026-01-31T10:00:00+01:00')),
  Is_Gift: fc.option(fc.boolean()),
  Tags: fc.option(fc.array(text, { maxLength: 2 })),
})

function silent() {
  return cannedContext(() => ({ status: 500 })).ctx
}

function linesOf(batch: WriteBatch): Array<string | null> | null {
  const compose = bulkRoute(batch.stream).compose?.(silent(), batch) ?? null
  return compose && batch.records.map(compose)
}

/** Zoho, as far as one job asks; its result is what `rows` makes of the uploads. */
function zohoOf(result: () => string) {
  const uploads: HttpRequest[] = []
  const zip = async () => zipFiles([{ name: 'result.csv', text: result() }])
  const replies = async () => {
    const bytes = await zip()
    return cannedContext((request) => {
      if (request.url.endsWith('/upload')) {
        uploads.push(request)
        return { status: 200, body: { details: { file_id: '7' } } }
      }
      if (request.method === 'POST') return { status: 201, body: { details: { id: '8' } } }
      if (request.url.endsWith('.zip')) return { status: 200, bytes }
      const download = '/v8/crm/org600123/bulk-write/8/8.zip'
      return {
        status: 200,
        body: { id: '8', status: 'COMPLETED', result: { download_url: download } },
      }
    })
  }
  return { uploads, replies }
}

/** Without the boundary, which is another each time. */
function fileIn({ body }: HttpRequest): Buffer {
  const bytes = Buffer.from(body as Uint8Array)
  return bytes.subarray(bytes.indexOf('\r\n\r\n') + 4, bytes.lastIndexOf('\r\n--'))
}

test.group('zoho_crm lines composed one by one', () => {
  test('are the file that the records make together', ({ assert }) => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1 }), (records) => {
        const batch = dealBatch(records, { fields })
        const file = planFile(batch)
        const lines = linesOf(batch)?.join('') ?? ''
        assert.equal(String(headerOf(file)) + lines, String(writeCsv(file)))
        const keys = [...firstCells(lines)].map((cell) => cell.trim())
        assert.deepEqual(keys, file.rows.map(file.keyOf))
      })
    )
  })

  test('are not composed of a record that lacks a field, or has another', ({ assert }) => {
    const { Stage, ...without } = deal(1)
    const mapped = ['Deal_Name', 'Stage', 'Order_Ref']
    const records = [deal(1), without, deal(1, { Amount: '1' })]
    const lines = linesOf(dealBatch(records, { fields: mapped }))
    assert.deepEqual(lines, [`R-1,Order 1,${Stage}\n`, null, null])
  })

  test('are not composed where a line is only known with the other records', ({ assert }) => {
    const mapped = ['Deal_Name', 'Stage', 'Order_Ref']
    const unique: Field = { name: 'Serial', type: 'text', unique: true }
    const stream = { ...dealStream, fields: [...dealStream.fields, unique] }
    const tied: Array<Partial<WriteBatch>> = [
      { operation: 'insert' },
      { operation: 'update' },
      { match: { by: 'id' } },
      { match: { by: 'fields', fields: ['Order_Ref', 'Deal_Name'] } },
      { match: { by: 'fields', fields: ['Description'] } },
      { fields: undefined },
      { fields: [...mapped, 'Account_Name'] },
      { fields: [...mapped, 'id'] },
      { fields: [...mapped, 'Serial'], stream },
      { options: { layout: '42' } },
    ]
    for (const changes of tied) {
      const batch = dealBatch(deals(1), { fields: mapped, ...changes })
      assert.isNull(linesOf(batch), JSON.stringify(changes))
    }
    assert.isNotNull(linesOf(dealBatch(deals(1), { fields: mapped })))
  })

  test('say the same of empty cells as a file of the records does', async ({ assert }) => {
    const records = deals(3, { Stage: null })
    for (const emptyValues of ['keep', 'clear']) {
      const batch = dealBatch(records, {
        fields: Object.keys(records[0]),
        options: { emptyValues },
      })
      const composed = (linesOf(batch) ?? []).map((line) => Buffer.from(line ?? ''))
      const packed = await packComposed(silent(), { ...batch, composed })
      const { ignoreEmpty, columns, findBy } = planFile(batch, {
        keepsEmpty: emptyValues === 'keep',
      })
      assert.equal(packed?.file.ignoreEmpty, ignoreEmpty, emptyValues)
      assert.equal(packed?.file.findBy, findBy)
      assert.deepEqual(
        packed?.file.columns.map(({ name }) => name),
        columns.map(({ name }) => name)
      )
    }
  })

  test('that make too large a file leave it to the records', async ({ assert }) => {
    const batch = dealBatch(deals(50), { fields: Object.keys(deal(1)) })
    const composed = (linesOf(batch) ?? []).map((line) => Buffer.from(line ?? ''))
    const { zip } = await packJob(silent(), batch, {})
    const packed = await packComposed(silent(), { ...batch, composed }, zip.length)
    assert.isNotNull(packed)
    assert.isNull(await packComposed(silent(), { ...batch, composed }, zip.length - 1))
  })

  test('tell once of times that lose their fractions', ({ assert }) => {
    const warnings: unknown[] = []
    const ctx = silent()
    ctx.log.warn = (_message, more) => void warnings.push(more)
    const records = deals(3, { Ordered_At: '2026-01-31T10:00:00.25Z' })
    const batch = dealBatch(records, { fields: Object.keys(records[0]) })
    const compose = bulkRoute().compose?.(ctx, batch)
    for (const each of records) compose?.(each)
    assert.deepEqual(warnings, [{ field: 'Ordered_At', value: '2026-01-31T10:00:00.25Z' }])
  })

  test('are sent as they are, and their result is joined without the records', async ({
    assert,
  }) => {
    const mapped = ['Deal_Name', 'Stage', 'Order_Ref']
    const records = [...deals(2), deal(3, { Order_Ref: ' R-3 ' })]
    const given = dealBatch(records, { fields: mapped })
    const composed = (linesOf(given) ?? []).map((line) => Buffer.from(line ?? ''))
    const refused = (name: string) => () => {
      throw new Error(`nobody needs the ${name}`)
    }
    const bare = Object.defineProperties(
      { ...given, composed },
      {
        records: { get: refused('records') },
        json: { get: refused('JSON') },
      }
    )
    const result = () =>
      'Order_Ref,Deal_Name,Stage,STATUS,RECORD_ID,ERRORS\nR-2,,,ADDED,22,\nR-1,,,ADDED,11,\nR-3,,,UPDATED,33,\n'
    const route = bulkRoute()
    const { uploads, replies } = zohoOf(result)
    const { ctx } = await replies()
    const ticket = await route.submit(ctx, bare)
    await route.submit(ctx, given)
    assert.deepEqual(fileIn(uploads[0]), fileIn(uploads[1]))
    const progress = await route.collect(ctx, ticket, bare)
    const outcomes = progress.state === 'done' ? progress.outcomes : []
    assert.sameDeepMembers(outcomes, [
      { index: 1, state: 'created', id: '22' },
      { index: 0, state: 'created', id: '11' },
      { index: 2, state: 'updated', id: '33' },
    ])
  })
})
