import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import fc from 'fast-check'
import type { RecordOutcome, RecordValues, Value } from '#sdk'
import { contractContext, temporaryFolder } from '#tests/support/contract_context'
import connector from '../../../../plugins/connectors/csv/connector.js'

type Cleanup = (remove: () => Promise<void>) => void

async function openFile(cleanup: Cleanup, settings: { [name: string]: Value } = {}) {
  const folder = await temporaryFolder()
  cleanup(folder.remove)
  const path = join(folder.path, 'out.csv')
  const connection = {
    settings: { file: 'out.csv', columns: 'id, name, note', key: 'id', ...settings },
    secrets: {},
  }
  const world = { folder: folder.path, authorize: null }
  const { discover } = connector
  if (!discover?.read) throw new Error('csv reads')
  const { describe, read, routes } = discover

  async function write(records: RecordValues[], options: { [name: string]: Value } = {}) {
    const ctx = contractContext(connection, world)
    const stream = await describe(ctx, 'out.csv')
    const [route] = routes?.(stream) ?? []
    if (route?.kind !== 'call') throw new Error('no route')
    const match = { by: 'fields' as const, fields: stream.key }
    return route.send(ctx, {
      ...{ stream, records, match, options, operation: 'upsert' },
      json: records.map((record) => JSON.stringify(record)),
      ids: records.map(() => null),
    })
  }

  async function readBack(): Promise<RecordValues[]> {
    const ctx = contractContext(connection, world)
    const stream = await describe(ctx, 'out.csv')
    const query = { cursor: null, filter: null, incremental: null, pageSize: 100 }
    const records: RecordValues[] = []
    const fields = ['id', 'name', 'note']
    for await (const page of read!(ctx, stream, { ...query, fields })) records.push(...page.records)
    return records
  }
  async function names() {
    const records = await readBack()
    return records.map(({ name }) => name)
  }
  const text = () => readFile(path, 'utf8')
  return { path, folder: folder.path, write, readBack, names, text }
}

const statesOf = (outcomes: RecordOutcome[]) => outcomes.map(({ state }) => state)

test.group('csv writing', () => {
  test('makes a file, finds rows again, and leaves what is not mapped', async ({
    assert,
    cleanup,
  }) => {
    const file = await openFile(cleanup)
    assert.deepEqual(statesOf(await file.write([{ id: 1, name: 'a;b,"c"', note: null }])), [
      'created',
    ])
    const again = await file.write([
      { id: '1', note: 'x' },
      { id: 2, name: 'two\nlines' },
    ])
    assert.deepEqual(statesOf(again), ['updated', 'created'])
    const once = await file.text()
    assert.equal(once, '\uFEFFid,name,note\r\n1,"a;b,""c""",x\r\n2,"two\nlines",\r\n')
    assert.deepEqual(statesOf(await file.write([{ id: 2, name: 'two\nlines' }])), ['unchanged'])
    assert.equal(await file.text(), once, 'the same batch twice changes nothing')
    assert.deepEqual(await readdir(file.folder), ['out.csv'], 'nothing else is left')
  })

  test('no cell is run as a formula', async ({ assert, cleanup }) => {
    const file = await openFile(cleanup)
    const risky = ['=1+1', '+cmd|x', '-2+3+cmd', '@SUM(A1)', '\t=1', '\r=1']
    const plain = ['-12.50', '+49 30 123', '2026-11-20', 'a=b', '']
    const records = [...risky, ...plain].map((name, id) => ({ id, name }))
    await file.write(records)
    assert.deepEqual(await file.names(), [...risky.map((name) => `'${name}`), ...plain])
    await file.write(records, { formulas: 'keep' })
    const [first] = await file.names()
    assert.equal(first, '=1+1')
  })

  test('what is written is what is read, in every encoding', async ({ assert, cleanup }) => {
    const file = await openFile(cleanup, { encoding: 'utf-16le', delimiter: 'tab' })
    const texts = fc.array(fc.tuple(fc.string(), fc.string({ unit: 'binary' })), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(texts, async (pairs) => {
        await writeFile(file.path, '')
        const records = pairs.map(([name, note], id) => ({ id: `k${id}`, name, note }))
        await file.write(records, { formulas: 'keep' })
        assert.deepEqual(pairs.length === 0 ? [] : await file.readBack(), records)
      }),
      { numRuns: 25 }
    )
  })

  test('a character that the encoding lacks is no question mark', async ({ assert, cleanup }) => {
    const file = await openFile(cleanup, { encoding: 'windows-1252' })
    const outcomes = await file.write([
      { id: 1, name: 'Zoë €' },
      { id: 2, name: '日本' },
    ])
    assert.sameMembers(statesOf(outcomes), ['created', 'rejected'])
    assert.deepEqual(await file.names(), ['Zoë €'])
  })

  test('two writers do not lose each other’s rows', async ({ assert, cleanup }) => {
    const file = await openFile(cleanup)
    let turns = 0
    const patient = async (id: number) => {
      for (;;) {
        turns++
        const done = await file.write([{ id, name: 'n' }]).catch((error: { kind?: string }) => {
          if (error.kind === 'rate_limited') return null
          throw error
        })
        if (done !== null) return
      }
    }
    await Promise.all([1, 2, 3, 4].map(patient))
    assert.lengthOf(await file.readBack(), 4)
    assert.isAbove(turns, 4, 'they met')
  })

  test('the lock of a writer that died is taken over', async ({ assert, cleanup }) => {
    const file = await openFile(cleanup)
    const lock = join(file.folder, '.out.csv.lock')
    await writeFile(lock, 'dead')
    await assert.rejects(() => file.write([{ id: 1 }]), /Another run/)
    const { mtimeMs } = await stat(lock)
    await utimes(lock, mtimeMs / 1000, mtimeMs / 1000 - 120)
    assert.deepEqual(statesOf(await file.write([{ id: 1 }])), ['created'])
  })
})
