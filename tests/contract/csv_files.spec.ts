import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import iconv from 'iconv-lite'
import type { RecordValues, Value } from '#sdk'
import { contractContext, temporaryFolder } from '#tests/support/contract_context'
import csv from '../../plugins/connectors/csv/connector.js'

type Cleanup = (remove: () => Promise<void>) => void

async function open(cleanup: Cleanup, bytes: string | Buffer, settings: object = {}) {
  const folder = await temporaryFolder()
  cleanup(folder.remove)
  await writeFile(join(folder.path, 'file.csv'), bytes)
  const connection = { settings: { file: 'file.csv', ...settings }, secrets: {} }
  return contractContext(connection, { folder: folder.path, authorize: null })
}

async function read(ctx: ReturnType<typeof contractContext>, cursor: Value = null) {
  const discover = csv.discover
  if (!discover?.read) throw new Error('csv cannot be read')
  const stream = await discover.describe(ctx, 'file.csv')
  const fields = stream.fields.map((field) => field.name)
  const query = { cursor, fields, filter: null, incremental: null, pageSize: 100 }
  const records: RecordValues[] = []
  for await (const page of discover.read(ctx, stream, query)) records.push(...page.records)
  return { stream, records }
}

test.group('csv files', () => {
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']) {
    for (const addBOM of [false, true]) {
      const mark = addBOM ? 'with' : 'without'
      test(`${encoding} ${mark} a mark is detected`, async ({ assert, cleanup }) => {
        const text = 'name;city\r\nZoë;Köln\r\nJürgen;Århus\r\n'
        const isMarked = addBOM && encoding !== 'windows-1252'
        const ctx = await open(cleanup, iconv.encode(text, encoding, { addBOM: isMarked }))
        const { records } = await read(ctx)
        assert.deepEqual(records, [
          { name: 'Zoë', city: 'Köln', _row: 1, _surplus: null },
          { name: 'Jürgen', city: 'Århus', _row: 2, _surplus: null },
        ])
      })
    }
  }

  for (const [name, mark] of Object.entries({ comma: ',', semicolon: ';', tab: '\t', pipe: '|' })) {
    test(`a ${name} between the columns is found`, async ({ assert, cleanup }) => {
      const lines = [`a${mark}b`, `"1,2;3|4\t5"${mark}2`, `3${mark}4`]
      const { records } = await read(await open(cleanup, lines.join('\n')))
      assert.deepEqual(
        records.map(({ a, b }) => [a, b]),
        [
          ['1,2;3|4\t5', '2'],
          ['3', '4'],
        ]
      )
    })
  }

  test('names that are missing or repeated are made', async ({ assert, cleanup }) => {
    const { stream } = await read(await open(cleanup, 'a,a,,a_2,_row\n1,2,3,4,5\n'))
    const names = stream.fields.map((field) => field.name)
    assert.deepEqual(names, ['a', 'a_3', 'column_3', 'a_2', '_row_2', '_row', '_surplus'])
  })

  test('an uneven row loses nothing', async ({ assert, cleanup }) => {
    const ctx = await open(cleanup, 'a,b\n1\n1,2,3,\n"",\n')
    const { records } = await read(ctx)
    assert.deepEqual(records, [
      { a: '1', b: null, _row: 1, _surplus: null },
      { a: '1', b: '2', _row: 2, _surplus: ['3', ''] },
      { a: '', b: '', _row: 3, _surplus: null },
    ])
    assert.match(ctx.logged(), /Line 2 has 1 cells where the header has 2/)
  })

  test('an unbalanced quote is an error with its line', async ({ assert, cleanup }) => {
    const ctx = await open(cleanup, 'a,b\n1,2\n3,"four\n5,6\n')
    await assert.rejects(() => read(ctx), /^Line \d+ has a quotation mark that does not match/)
  })

  test('bytes of another encoding are no text with holes', async ({ assert, cleanup }) => {
    const rows = 'name\n' + 'plain\n'.repeat(20_000)
    const ctx = await open(cleanup, Buffer.concat([Buffer.from(rows), Buffer.from([0xe9, 0x0a])]))
    await assert.rejects(() => read(ctx), /not UTF-8/)
  })

  test('without a header the columns are numbered', async ({ assert, cleanup }) => {
    const ctx = await open(cleanup, '1,2\n3,4\n', { header: false, key: 'column_1' })
    const { stream, records } = await read(ctx)
    assert.deepEqual(stream.key, ['column_1'])
    assert.deepEqual(
      records.map((record) => record.column_2),
      ['2', '4']
    )
  })
})
