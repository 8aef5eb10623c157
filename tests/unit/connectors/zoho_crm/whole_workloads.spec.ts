import type { Assert } from '@japa/assert'
import { test } from '@japa/runner'
import type { SyncReport } from '#engine/sync_input'
import type { RecordValues } from '#sdk'
import { describeStream } from '../../../../plugins/connectors/zoho_crm/describe/describe_stream.js'
import { dice } from '../../engine/support/dice.js'
import { MeteredRuns, type Org, type Plan } from './metered_runs.js'
import { seededOrg } from './seeded_org.js'

/** Each is a service that runs twice. */
const WORKLOADS = 500
/** Of so many services one is asked what its next run costs. */
const ASKED = 4
const DEALS = 4_000
const CUSTOMERS = 900
const quick = { bulkReadDelayMs: 0, bulkReadQueueMs: 0, bulkReadDownloads: 9999, bulkDelayMs: 0 }

/** Some have many orders, and neighbours seldom the same. */
const customer = (number: number) => `Customer ${(Math.imul(number, 0x9e3779b1) >>> 0) % CUSTOMERS}`

function customersOf(count: number) {
  return new Set(Array.from({ length: count }, (_, at) => customer(at + 1))).size
}

const deal = (number: number) => ({
  Deal_Name: `Deal ${number}`,
  Stage: 'Qualification',
  Order_Ref: `C-${number}`,
  Item_Count: number,
  Shipping_City: customer(number),
})

/** What each part costs at least for someone who knows all numbers, worked out by hand. */
const least = {
  read(count: number) {
    const rest = count % 2000
    const tail = rest === 0 ? 0 : rest <= 200 ? 1 : rest <= 1000 ? 2 : 3
    return Math.min(Math.max(1, Math.floor(count / 2000) * 3 + tail), 50)
  },
  write(count: number) {
    const calls = (records: number) => Math.ceil(Math.max(0, records) / 10)
    const jobs = Array.from({ length: Math.ceil(count / 25_000) + 1 }, (_, at) => at)
    return Math.min(...jobs.map((at) => at * 500 + calls(count - at * 25_000)))
  },
  find: (count: number) => Math.ceil(count / 50),
  refer: (count: number) => (count === 0 ? 0 : 1 + Math.ceil(customersOf(count) / 50)),
}

/** What a run costs at least that reads all and writes so many, of which so many are not known yet. */
function cheapest({ from, to, operation, count, refers }: Plan, written: number, unknown: number) {
  const reading = from === 'zoho' ? least.read(count) : 0
  if (to === 'list') return reading
  const finding = operation === 'update' ? least.find(unknown) : 0
  const referring = refers ? least.refer(written) : 0
  return reading + finding + referring + least.write(written)
}

function shopOf(count: number, edits: number): RecordValues[] {
  return Array.from({ length: count }, (_, at) => ({
    id: at + 1,
    code: `C-${at + 1}`,
    name: at < edits ? `Edited ${at}` : `Contact ${at}`,
    customer: customer(at + 1),
  }))
}

const KINDS: Array<Pick<Plan, 'from' | 'to' | 'operation' | 'refers'>> = [
  { from: 'shop', to: 'zoho', operation: 'upsert', refers: true },
  { from: 'zoho', to: 'zoho', operation: 'upsert', refers: true },
  { from: 'shop', to: 'zoho', operation: 'update', refers: false },
  { from: 'zoho', to: 'list', operation: 'upsert', refers: false },
  { from: 'shop', to: 'zoho', operation: 'upsert', refers: false },
]

const LARGE: { [at: number]: number } = { 0: 26_000, 4: 5_020 }

function planOf(at: number, random: () => number): Plan {
  const kind = KINDS[at % KINDS.length]
  const count = LARGE[at] ?? 1 + Math.floor(random() ** 4 * 2_000)
  return { ...kind, count, fields: Math.floor(random() * 2) }
}

async function openStage(cleanup: (close: () => Promise<void>) => void) {
  const org: Org = await seededOrg(cleanup, DEALS, deal, quick)
  const records = Array.from({ length: CUSTOMERS }, (_, at) => ({ Account_Name: `Customer ${at}` }))
  for (let from = 0; from < CUSTOMERS; from += 100) {
    const some = records.slice(from, from + 100)
    org.sim.edit({ module: 'Accounts', operation: 'create', records: some })
  }
  const described = await describeStream(org.ctx, 'Deals')
  // All deals here have one, so that Zoho itself can compare it.
  const fields = described.fields.map((field) =>
    field.name === 'Item_Count' ? { ...field, nullable: false } : field
  )
  const deals = { ...described, fields }
  return { org, streams: { deals, contacts: await describeStream(org.ctx, 'Contacts') } }
}

class Sums {
  spent = 0
  cheapest = 0
  planned = 0
  forecast = 0

  add(run: Pick<Sums, 'spent' | 'cheapest' | 'planned' | 'forecast'>) {
    this.spent += run.spent
    this.cheapest += run.cheapest
    this.planned += run.planned
    this.forecast += run.forecast
  }
}

type Stage = Awaited<ReturnType<typeof openStage>>

/** A first run that nobody previewed, which the gate counts; or one that was previewed before. */
async function first({ org, streams }: Stage, plan: Plan, at: number) {
  const isPreviewed = at % 2 === 1
  const service = new MeteredRuns(org, streams, plan)
  if (plan.from === 'shop') service.shop = shopOf(plan.count, 0)
  if (plan.operation === 'update') {
    const before = new MeteredRuns(org, streams, { ...plan, operation: 'upsert' })
    before.shop = service.shop.map((row) => ({ ...row, name: 'Old' }))
    await before.run({})
  }
  const seen = isPreviewed ? await service.preview() : null
  const asked = seen === null ? await service.gate() : null
  const known = seen ? { likely: plan.count } : { counted: asked?.result?.records }
  const next = at % ASKED === 0 ? await service.next() : null
  const { report, credits } = await service.run(known)
  const forecast = seen?.result.credits ?? asked?.result?.credits ?? Number.NaN
  const own = { planned: report.credits.planned, cheapest: cheapest(plan, plan.count, plan.count) }
  const paid = { spent: credits, besides: findingOthers(report), asking: asked?.credits ?? 0 }
  const most = asked?.result?.isMost ? forecast : Infinity
  return { service, ...own, ...paid, forecast, most, next }
}

/** What a run paid to find the records that others refer to. */
function findingOthers({ batches }: SyncReport) {
  const own = batches.filter(({ route }) => route === 'references')
  return own.reduce((sum, { credits }) => sum + credits, 0)
}

type Next = Awaited<ReturnType<MeteredRuns['next']>>

/** A page says what the next run costs, previewed or not: exactly, or never more. */
function assertNext(
  assert: Assert,
  { next, spent, besides }: { next: Next; spent: number; besides: number },
  { plan, label }: { plan: Plan; label: string }
) {
  assert.equal(next.credits, 0, 'it is found out for nothing')
  assert.equal(next.result === null, plan.from === 'zoho', label)
  if (next.result === null) return
  const { credits, isExact, refers } = next.result
  const most = credits + (refers ? besides : 0)
  assert.isAtMost(spent, most, label)
  if (isExact) assert.isAtLeast(spent, most * 0.98, label)
}

async function again(service: MeteredRuns, edits: number, at: number) {
  const { plan } = service
  if (plan.from === 'shop') service.shop = shopOf(plan.count, edits)
  const written = plan.from === 'shop' ? edits : 0
  const seen = await service.preview({ likely: plan.count })
  const next = at % ASKED === 0 ? await service.next() : null
  const { report, credits } = await service.run({ likely: plan.count })
  const forecast = seen.result.credits ?? Number.NaN
  const own = { planned: report.credits.planned, cheapest: cheapest(plan, written, 0) }
  return { ...own, forecast, next, spent: credits, besides: findingOthers(report) }
}

/** Nobody has read what a paid source refers to: the gate takes the most that it can be. */
function isGuessed({ from, refers }: Plan, at: number) {
  return from === 'zoho' && refers && at % 2 === 0
}

test.group('zoho_crm whole workloads', (group) => {
  group.each.timeout(300_000)

  test(`${WORKLOADS} services pay what is cheapest, the first time and again`, async ({
    assert,
    cleanup,
  }) => {
    const stage = await openStage(cleanup)
    const random = dice(11)
    const [unseen, known] = [new Sums(), new Sums()]
    let exact = 0
    for (let at = 0; at < WORKLOADS; at++) {
      const plan = planOf(at, random)
      const { service, asking, ...began } = await first(stage, plan, at)
      const edits = Math.min(plan.count, Math.floor(random() ** 3 * 400))
      const went = await again(service, edits, at)
      const label = JSON.stringify({ at, ...plan, began, went })
      assert.isAtMost(began.spent, began.most, label)
      for (const run of [began, went]) {
        assert.isAtMost(run.spent, Math.max(run.cheapest + 1, run.cheapest * 1.02), label)
        const more = run === began && isGuessed(plan, at) ? Math.ceil(plan.count / 50) : 0
        const near = Math.max(1, run.spent * 0.02)
        assert.isAtLeast(run.forecast, run.spent - near, label)
        assert.isAtMost(run.forecast, run.spent + near + more, label)
        assert.closeTo(run.planned, run.spent, Math.max(1, run.spent * 0.02), label)
        if (run.next === null) continue
        assertNext(assert, { ...run, next: run.next }, { plan, label })
        if (run.next.result?.isExact) exact++
      }
      const sums = at % 2 === 1 ? known : unseen
      sums.add({ ...began, spent: began.spent + asking })
      known.add(went)
    }
    assert.isAbove(exact, WORKLOADS / 10)
    assert.isAtMost(known.spent, known.cheapest * 1.005)
    // The gate asked for the number of records, or what they may refer to, where nobody knew.
    assert.isAtMost(unseen.spent + known.spent, (unseen.cheapest + known.cheapest) * 1.01)
    for (const { planned, forecast, spent } of [unseen, known]) {
      assert.closeTo(planned, spent, spent * 0.02)
      assert.closeTo(forecast, spent, spent * 0.02)
    }
  })
})
