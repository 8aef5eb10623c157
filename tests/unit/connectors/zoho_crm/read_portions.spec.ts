import { test } from '@japa/runner'
import type { HttpRequest, RecordValues, StreamDescription } from '#sdk'
import { type Canned, cannedContext } from './canned_context.js'
import { dealStream } from './deal_batch.js'
import { asked, readWhole } from './read_kit.js'

const names = Array.from({ length: 120 }, (_, at) => `F${at}`)
const stream: StreamDescription = {
  ...dealStream,
  fields: [
    ...dealStream.fields,
    ...names.map((name) => ({ name, type: 'text' as const, maxLength: 80 })),
    { name: 'Rows', type: 'json' },
    { name: 'Story', type: 'text', maxLength: 50_000 },
  ],
}

/** Records that another edits between the calls: each call sees what is there by then. */
class EditedModule {
  readonly state = new Map<string, number>()
  calls = 0

  constructor(
    count: number,
    readonly edit: (module: EditedModule) => void
  ) {
    for (let id = 1; id <= count; id++) this.state.set(String(id), 0)
  }

  row(id: string, fields: string[]): RecordValues {
    const state = this.state.get(id) ?? 0
    const entries = fields.map((name) => [name, name === 'Rows' ? [{ state }] : `${state}`])
    const row = { id, ...Object.fromEntries(entries) }
    if (fields.includes('Modified_Time')) row.Modified_Time = `2026-11-20T10:00:0${state}Z`
    return row
  }

  answer({ url: address, body }: HttpRequest): Canned {
    const url = new URL(address)
    const query = body === undefined ? '' : String(Object(JSON.parse(String(body))).select_query)
    const columns = /^select (.+) from/.exec(query)?.[1] ?? url.searchParams.get('fields') ?? ''
    const single = /Deals\/(\d+)/.exec(url.pathname)?.[1]
    const wanted = single ? [single] : url.searchParams.get('ids')?.split(',')
    const ids = (wanted ?? [...this.state.keys()]).filter((id) => this.state.has(id))
    const data = ids.map((id) => this.row(id, columns.split(/, ?/)))
    this.calls++
    this.edit(this)
    return data.length === 0 ? { status: 204 } : { status: 200, body: { data } }
  }

  get ctx() {
    return cannedContext((request) => this.answer(request)).ctx
  }
}

test.group('zoho_crm reads fields that one call does not show', () => {
  for (const name of ['coql', 'list']) {
    test(`120 fields by ${name}, of one state however often it changes`, async ({ assert }) => {
      const module = new EditedModule(5, ({ state, calls }) => {
        if (calls <= 3) state.set('3', calls)
        if (calls === 2) state.delete('4')
      })
      const query = asked({ fields: [...names, 'Rows'] })
      const { records } = await readWhole(module.ctx, stream, name, query)
      assert.deepEqual(
        records.map(({ id }) => id),
        ['1', '2', '3', '5']
      )
      for (const { id, Rows: rows, ...record } of records) {
        assert.lengthOf(Object.keys(record), 120)
        const [state] = new Set(Object.values(record).map(String))
        assert.lengthOf([...new Set(Object.values(record))], 1, `halves of ${String(id)}`)
        assert.deepEqual(rows, [{ state: Number(state) }])
        assert.equal(state, id === '3' ? '3' : '0')
      }
    })
  }

  test('a record that never holds still ends the read, and does not end it well', async ({
    assert,
  }) => {
    const module = new EditedModule(2, ({ state, calls }) => state.set('1', calls % 10))
    const read = readWhole(module.ctx, stream, 'list', asked({ fields: names }))
    await assert.rejects(() => read, /change faster than they can be read/)
  })

  test('no call names more than fifty fields', async ({ assert }) => {
    const module = new EditedModule(2, () => undefined)
    const { ctx, calls } = cannedContext((request) => module.answer(request))
    await readWhole(ctx, stream, 'list', asked({ fields: [...names, 'Rows'] }))
    await readWhole(ctx, stream, 'coql', asked({ fields: [...names, 'Rows'] }))
    for (const { url, body } of calls) {
      const query = body === undefined ? '' : String(body)
      const fields = new URL(url).searchParams.get('fields') ?? query.split(' from ')[0]
      assert.isAtMost(fields.split(',').length, 50)
    }
    const singles = calls.filter(({ url }) => /Deals\/\d/.test(url))
    assert.lengthOf(singles, 4)
  })

  test('a rich text that ends where lists cut it is read singly', async ({ assert }) => {
    const long = 'y'.repeat(800)
    for (const name of ['coql', 'list']) {
      const { ctx, calls } = cannedContext(({ url }) => {
        const isSingle = /Deals\/2/.test(url)
        const rows = [
          { id: '1', Story: 'short' },
          { id: '2', Story: long.slice(0, 500) },
        ]
        const data = isSingle ? [{ id: '2', Story: long }] : rows
        return { status: 200, body: { data, info: { more_records: false } } }
      })
      const { records } = await readWhole(ctx, stream, name, asked({ fields: ['Story'] }))
      assert.deepEqual(
        records.map(({ Story: story }) => story),
        ['short', long]
      )
      assert.lengthOf(calls, 2)
    }
  })

  test('beside a text that was read singly all is of the same state', async ({ assert }) => {
    for (const fields of [
      ['Story', 'F1'],
      ['Story', ...names],
    ]) {
      const states = [0, 1].map((state) =>
        Object.fromEntries([...fields, 'Modified_Time'].map((name) => [name, `${state}`]))
      )
      const { ctx } = cannedContext(({ url }) => {
        const id = /Deals\/(\d+)/.exec(url)?.[1]
        if (id === '2') return { status: 204 }
        const rows = ['1', '2'].map((each) => ({ ...states[0], id: each, Story: 'y'.repeat(500) }))
        const data = id ? [{ ...states[1], id, Story: 'z'.repeat(800) }] : rows
        return { status: 200, body: { data, info: { more_records: false } } }
      })
      for (const name of ['coql', 'list']) {
        const { records } = await readWhole(ctx, stream, name, asked({ fields }))
        const [{ Story: story, id, ...others }, ...rest] = records
        assert.deepEqual([id, rest.length, String(story).length], ['1', 0, 800])
        assert.deepEqual([...new Set(Object.values(others))], ['1'], `${name} ${fields.length}`)
      }
    }
  })
})
