import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { temporaryFolder } from '#tests/support/contract_context'
import { openRun } from './open_run.js'

const BATCH = 50
const WRITER = fileURLToPath(new URL('./endless_writer.ts', import.meta.url))
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: from + at, name: `n${from + at}` }))

async function givenFolder(cleanup: (remove: () => Promise<void>) => void): Promise<string> {
  const { path, remove } = await temporaryFolder()
  cleanup(remove)
  return path
}

/** Kills a writer once it has said so often that a batch is through. Answers how often it did. */
async function killedAfter(folder: string, begin: number, batches: number): Promise<number> {
  const flags = ['--no-warnings', '--import=@poppinss/ts-exec']
  const child = spawn(process.execPath, [...flags, WRITER, folder, String(begin)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = begin
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said = Number(text.trim().split('\n').at(-1))
    // Somewhere within a batch, never at the same place.
    if (said >= begin + batches) setTimeout(() => child.kill('SIGKILL'), Math.random() * 15)
  })
  await once(child, 'close')
  await rm(join(folder, '.out.csv.lock'), { force: true })
  return said
}

test.group('csv batches of one run', () => {
  test('leave the file that single batches leave, whatever is new in them', async ({
    assert,
    cleanup,
  }) => {
    const [one, other] = [await givenFolder(cleanup), await givenFolder(cleanup)]
    const record = fc.record({ id: fc.nat({ max: 30 }), name: fc.string() })
    const batches = fc.array(fc.array(record, { minLength: 1, maxLength: 8 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(batches, async (given) => {
        for (const folder of [one, other]) await rm(join(folder, 'out.csv'), { force: true })
        const whole = await openRun(one)
        for (const batch of given) {
          const single = await openRun(other)
          assert.deepEqual(await whole.write(batch), await single.write(batch))
          assert.equal(await readFile(whole.path, 'utf8'), await readFile(single.path, 'utf8'))
        }
      }),
      { numRuns: 40 }
    )
  })

  test('do not look through what was written before where all is new', async ({
    assert,
    cleanup,
  }) => {
    const run = await openRun(await givenFolder(cleanup))
    for (let batch = 0; batch < 6; batch += 1) await run.write(rows(batch * BATCH, BATCH))
    assert.equal(run.reads.count, 0)
    await run.write(rows(10, 1))
    assert.isAbove(run.reads.count, 0)
  })

  test('see what somebody else wrote in between', async ({ assert, cleanup }) => {
    const run = await openRun(await givenFolder(cleanup))
    await run.write(rows(0, 2))
    await appendFile(run.path, '7,theirs,\r\n')
    const [outcome] = await run.write([{ id: 7, name: 'ours' }])
    assert.equal(outcome.state, 'updated')
    await run.write(rows(2, 1))
    const text = await readFile(run.path, 'utf8')
    assert.equal(text, '\uFEFFid,name,note\r\n0,n0,\r\n1,n1,\r\n7,ours,\r\n2,n2,\r\n')
  })

  test('are there whole or not at all, however often the writer is killed', async ({
    assert,
    cleanup,
  }) => {
    const folder = await givenFolder(cleanup)
    let through = 0
    for (const batches of [1, 2, 3, 2, 1, 2]) {
      through = await killedAfter(folder, through, batches)
      const text = await readFile(join(folder, 'out.csv'), 'utf8')
      const lines = text.slice(1).split('\r\n').slice(1, -1)
      assert.isTrue(text.endsWith('\r\n'))
      assert.equal(lines.length % BATCH, 0)
      assert.isAtLeast(lines.length, through * BATCH)
      assert.deepEqual(
        lines.map((line) => line.split(',')[0]),
        lines.map((_, at) => String(at))
      )
      assert.isTrue(lines.every((line) => /^\d+,n{20000},$/.test(line)))
    }
  }).timeout(60_000)
})
