import { test } from '@japa/runner'
import type { Json } from '#sdk'
import { readDeletedPart } from '#workers/sweep_parts'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { readDeleted } from '../../../../plugins/connectors/zoho_crm/read/read_deleted.js'
import { cannedContext } from './canned_context.js'
import { dealStream } from './deal_batch.js'

const SINCE = '2026-11-20T10:00:00Z'
const ROWS = 200

/** As after a mass delete: so many records, all in one second. */
function massDeleted(count: number) {
  const ids = Array.from({ length: count }, (_, at) => String(5_000_000_000_000_000 + at))
  const rows = ids.map((id) => ({ id, deleted_time: '2026-11-20T10:00:07+00:00' }))
  const org = cannedContext(({ url }) => {
    const page = Number(new URL(url).searchParams.get('page'))
    const data = rows.slice((page - 1) * ROWS, page * ROWS)
    if (data.length === 0) return { status: 204 }
    return { status: 200, body: { data, info: { more_records: page * ROWS < count } } }
  })
  return { ids, ...org }
}

test.group('zoho_crm mass deletions', () => {
  test('of one second can be gone on with behind every page', async ({ assert }) => {
    const { ids, ctx } = massDeleted(4_500)
    const told: string[] = []
    let cursor: Json = null
    let pages = 0
    for (; told.length < ids.length && pages < 10; pages++) {
      for await (const page of readDeleted(ctx, dealStream, { since: SINCE, cursor })) {
        told.push(...page.deleted.map(({ key }) => key))
        cursor = page.cursor
        break
      }
    }
    assert.deepEqual(told, ids)
    assert.isAbove(pages, 1)
    const again = await Array.fromAsync(readDeleted(ctx, dealStream, { since: SINCE, cursor }))
    assert.lengthOf(
      again.flatMap(({ deleted }) => deleted),
      4_500,
      'the last second comes again'
    )
  })

  test('are swept to the end, whatever their number', async ({ assert }) => {
    for (const count of [1_999, 20_000, 41_000]) {
      const { ids, ctx, calls } = massDeleted(count)
      const open = { connector, ctx, close: async () => {} }
      const told = new Set<string>()
      let cursor: Json = null
      let parts = 0
      for (let isOver = false; !isOver && parts < 10; parts++) {
        const query = { stream: dealStream, since: SINCE, cursor }
        const part = await readDeletedPart(open, query)
        for (const { key } of part.deleted) told.add(key)
        ;({ cursor, isOver } = part)
      }
      assert.isBelow(parts, 4)
      assert.equal(told.size, ids.length)
      assert.equal(calls.length, parts * Math.ceil(count / ROWS))
    }
  })
})
