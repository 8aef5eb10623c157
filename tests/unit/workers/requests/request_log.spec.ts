import { test } from '@japa/runner'
import { HiddenNames } from '#workers/requests/hidden_names'
import { Redaction } from '#workers/requests/redaction'
import { RequestLog } from '#workers/requests/request_log'
import type { Call } from '#workers/requests/request_log'
import type { RequestReport } from '#workers/requests/request_note'

const redaction = new Redaction([], new HiddenNames())

function call(at: number, status: number | null): Call {
  const url = `https://crm.example/calls/${at}`
  return {
    purpose: { stage: 'send', route: 'upsert', batch: at },
    connectionId: 'c',
    ...{ redaction, token: null, at, took: 1, error: status === null ? 'ECONNRESET' : null },
    request: { method: 'POST', url, body: '{}' },
    url: new URL(url),
    answer: status === null ? null : { status, type: 'application/json', bytes: Buffer.from('{}') },
  }
}

async function keptOf(statuses: Array<number | null>) {
  const reports: RequestReport[] = []
  const log = new RequestLog(
    async (report) => void reports.push(report),
    (error) => {
      throw error
    }
  )
  statuses.forEach((status, at) => log.note(call(at, status)))
  await log.close()
  const sum = (name: 'total' | 'failed') => reports.reduce((all, each) => all + each[name], 0)
  const notes = reports.flatMap((report) => report.notes)
  return { notes, total: sum('total'), failed: sum('failed') }
}

test.group('The calls of a run', () => {
  test('are all counted; of the good ones the first and the last are kept, in order', async ({
    assert,
  }) => {
    for (const many of [199, 200, 201, 399, 400, 401, 555, 1000]) {
      const { notes, total, failed } = await keptOf(Array.from({ length: many }, () => 200))
      const all = Array.from({ length: many }, (_, at) => at)
      assert.deepEqual([total, failed], [many, 0])
      const expected = many <= 400 ? all : [...all.slice(0, 200), ...all.slice(-200)]
      assert.deepEqual(
        notes.map(({ at }) => at),
        expected
      )
    }
  })

  test('that failed are kept with what was said, up to a bound', async ({ assert }) => {
    const { notes, total, failed } = await keptOf([
      200,
      null,
      ...Array.from({ length: 700 }, () => 500),
    ])
    assert.deepEqual([total, failed, notes.length], [702, 701, 501])
    assert.equal(notes.filter(({ body }) => body !== null).length, 101)
    const [good, lost] = notes
    assert.deepEqual([good.path, good.status, lost.error], ['/calls/0', 200, 'ECONNRESET'])
  })

  test('are told in one message per second, and a history that fails ends nothing', async ({
    assert,
  }) => {
    const troubles: unknown[] = []
    let messages = 0
    const log = new RequestLog(
      async () => {
        messages += 1
        throw new Error('disk full')
      },
      (error) => troubles.push(error)
    )
    for (let at = 0; at < 300; at += 1) log.note(call(at, 200))
    await log.close()
    assert.deepEqual([messages, troubles.length], [1, 1])
  })
})
