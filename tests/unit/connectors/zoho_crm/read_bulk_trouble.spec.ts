import { buffer } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { ZipFile } from 'yazl'
import { ConnectorError, type Json, type ReadQuery } from '#sdk'
import { type Canned, cannedContext } from './canned_context.js'
import { dealStream } from './deal_batch.js'
import { openOrg } from './open_org.js'
import { asked, dealsOf, idsIn, jobsAt, newDeals, otherUser, readWhole } from './read_kit.js'
import { seededOrg } from './seeded_org.js'

const quick = { bulkReadDelayMs: 5, bulkReadQueueMs: 5 }

async function thrown(work: Promise<unknown>): Promise<ConnectorError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason
  )
  if (error instanceof ConnectorError) return error
  throw new Error(`No ConnectorError but ${String(error)}`)
}

const deal = (number: number) => ({ Deal_Name: `Deal ${number}`, Stage: 'Qualification' })

/** A job's file, not packed, so that its text can be found in it. */
async function zipOf(text: string) {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(text), '1.csv', { compress: false })
  zip.end()
  return buffer(zip.outputStream)
}

test.group('zoho_crm bulk read in trouble', () => {
  test('a job that Zoho gives up is told, with its reason', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup, quick)
    const stream = await dealsOf(ctx)
    sim.faults([{ kind: 'job_failed', match: { method: 'POST', times: 1 } }])
    const error = await thrown(readWhole(ctx, stream, 'bulk_read', asked()))
    assert.equal(error.kind, 'fatal')
    assert.match(error.message, /bulk read \d+ failed \(INTERNAL_SERVER_ERROR/)
    assert.equal(jobsAt(sim), 1)
  })

  test('a file that is cut off is fetched again, not half believed', async ({
    assert,
    cleanup,
  }) => {
    const { ctx, sim } = await openOrg(cleanup, quick)
    const user = await otherUser(sim)
    await user.insert(newDeals(300))
    const stream = await dealsOf(ctx)
    const cursors: Json[] = []
    sim.faults([{ kind: 'truncate_zip', match: { path: '/result', times: 1 } }])
    const read = readWhole(ctx, stream, 'bulk_read', asked(), cursors)
    const error = await thrown(read)
    assert.equal(error.kind, 'transient')
    const again = await readWhole(ctx, stream, 'bulk_read', asked({ cursor: cursors.at(-1) }))
    assert.lengthOf(again.records, 300)
    assert.equal(jobsAt(sim), 1)
  })

  test('a job that is forgotten is ordered anew behind what was read', async ({
    assert,
    cleanup,
  }) => {
    const { ctx, sim } = await seededOrg(cleanup, 2500, deal, quick)
    const stream = await dealsOf(ctx)
    const query = asked({ fields: ['Deal_Name'], pageSize: 500 })
    const whole = await readWhole(ctx, stream, 'bulk_read', query)
    sim.advance(25 * 3600)
    const from = async (page: number) => {
      const cursor = whole.cursors.filter((each) => Object(each).row > 0)[page]
      return readWhole(ctx, stream, 'bulk_read', { ...query, cursor })
    }
    assert.deepEqual(idsIn(await from(2)), idsIn(whole).slice(1500))
    assert.equal(jobsAt(sim), 2)
    sim.advance(25 * 3600)
    const early = await from(0)
    assert.lengthOf(early.records, 2500, 'too little was seen to know the order')
  })

  test('pages go on behind the last id when the token is dead', async ({ assert, cleanup }) => {
    const { ctx, sim } = await seededOrg(cleanup, 2500, deal, { ...quick, bulkReadRows: 1200 })
    const stream = await dealsOf(ctx)
    const body = { code: 'EXPIRED_VALUE', details: {}, message: 'expired', status: 'error' }
    const match = { method: 'POST', path: '/bulk/v8/read', nth: 2 }
    sim.faults([{ kind: 'status', status: 400, body, match }])
    const { records, cursors } = await readWhole(ctx, stream, 'bulk_read', asked())
    assert.lengthOf(records, 2500)
    assert.lengthOf(new Set(records.map(({ id }) => id)), 2500)
    assert.isTrue(cursors.some((cursor) => typeof Object(cursor).from === 'string'))
  })

  for (const spelling of ['IN PROGRESS', 'INPROGRESS', 'In_Progress']) {
    test(`"${spelling}" is under way, and a wrong count is not believed`, async ({ assert }) => {
      const zip = await zipOf('id,Deal_Name\n5,Five\n6,"S,ix"\n')
      let count = 3
      const states = ['ADDED', 'QUEUED', spelling]
      const { ctx } = cannedContext((request): Canned => {
        if (request.method === 'POST') {
          return { status: 201, body: { data: [{ details: { id: '1' } }] } }
        }
        if (request.url.endsWith('/result')) return { status: 200, bytes: zip }
        const state = states.shift() ?? 'COMPLETED'
        return { status: 200, body: { data: [{ id: '1', state, result: { count } }] } }
      })
      const query: ReadQuery = asked({ fields: ['Deal_Name'] })
      const error = await thrown(readWhole(ctx, dealStream, 'bulk_read', query))
      assert.match(error.detail ?? '', /2 rows instead of 3/)
      count = 2
      const { records } = await readWhole(ctx, dealStream, 'bulk_read', query)
      assert.deepEqual(records, [
        { id: '5', Deal_Name: 'Five' },
        { id: '6', Deal_Name: 'S,ix' },
      ])
    })
  }

  test('a file that was changed on its way is not believed', async ({ assert }) => {
    const zip = await zipOf('id,Deal_Name\n5,Five\n')
    zip[zip.indexOf('Five')] ^= 1
    const { ctx } = cannedContext((request): Canned => {
      if (request.method === 'POST') {
        return { status: 201, body: { data: [{ details: { id: '1' } }] } }
      }
      if (request.url.endsWith('/result')) return { status: 200, bytes: zip }
      const job = { id: '1', state: 'COMPLETED', result: { count: 1 } }
      return { status: 200, body: { data: [job] } }
    })
    const read = readWhole(ctx, dealStream, 'bulk_read', asked({ fields: ['Deal_Name'] }))
    const error = await thrown(read)
    assert.match(error.message, /did not arrive whole/)
    assert.match(error.detail ?? '', /damaged/)
  })
})
