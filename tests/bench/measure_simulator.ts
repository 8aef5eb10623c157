import { readFileSync } from 'node:fs'
import { firstJson, startOurs, stopOurs } from './child.js'
import type { Target } from './definitions.js'
import type { Verdicts } from './verdicts.js'

export interface Simulated {
  records: number
  megabytes: number
  /** Of the last calls. */
  median: number
  p99: number
}

const records = 1_000_000
const quickRecords = 20_000
const perCall = 100
const last = 500
const most = { megabytes: 2_048, median: 3 }

/** The simulator with as many deals as it must hold, put in by upserts that the last of are timed. */
export async function measureSimulator({
  verdicts,
  isQuick,
}: {
  verdicts: Verdicts
  isQuick: boolean
}): Promise<Simulated> {
  const args = ['zoho:simulate', '--port=0', '--json', '--edition=ultimate', '--users=1000']
  const simulator = startOurs('ace.js', { PORT: '0' }, [], args)
  try {
    const target = await firstJson<Target>(simulator)
    const count = isQuick ? quickRecords : records
    const all = await upsertDeals(target, count)
    const times = all.slice(-last).sort((a, b) => a - b)
    const [, pages] = readFileSync(`/proc/${simulator.pid}/statm`, 'utf8').split(' ')
    const megabytes = Math.round((Number(pages) * 4096) / 1024 / 1024)
    const median = times[times.length >> 1]
    verdicts.judge(
      `the simulator holds ${count} deals in ${megabytes} MB, under ${most.megabytes}`,
      megabytes < most.megabytes
    )
    verdicts.judge(
      `its upsert of ${perCall} takes ${median.toFixed(2)} ms (median), under ${most.median}`,
      median < most.median
    )
    return { records: count, megabytes, median, p99: times[Math.floor(times.length * 0.99)] }
  } finally {
    await stopOurs(simulator)
  }
}

async function upsertDeals(target: Target, count: number): Promise<number[]> {
  const headers = { Authorization: `Zoho-oauthtoken ${await tokenOf(target)}` }
  const times: number[] = []
  for (let from = 0; from < count; from += perCall) {
    const data = Array.from({ length: perCall }, (_, at) => deal(from + at))
    const body = JSON.stringify({ data, duplicate_check_fields: ['Order_Ref'], trigger: [] })
    const started = performance.now()
    const reply = await fetch(`${target.url}/crm/v8/Deals/upsert`, {
      method: 'POST',
      headers,
      body,
    })
    const text = await reply.text()
    times.push(performance.now() - started)
    if (reply.status !== 200) throw new Error(`The simulator answered ${reply.status}: ${text}`)
  }
  return times
}

async function tokenOf({ url, environment }: Target): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: environment.ZOHO_CLIENT_ID,
    client_secret: environment.ZOHO_CLIENT_SECRET,
    refresh_token: environment.ZOHO_REFRESH_TOKEN,
  })
  const reply = await fetch(`${url}/oauth/v2/token`, { method: 'POST', body: form })
  const { access_token: token } = (await reply.json()) as { access_token: string }
  return token
}

const deal = (number: number) => ({
  Deal_Name: `Order ${number}`,
  Stage: 'Qualification',
  Order_Ref: `R${number}`,
  Amount: 12.5,
  Ordered_At: '2026-01-02T03:04:05+01:00',
  Customer_Email: `a${number}@example.com`,
  Item_Count: 3,
  Discount: 0.1,
  Is_Gift: true,
  Shipping_City: 'Köln',
  Order_Notes: 'some text of notes',
  Phone_Number: '+49 221 123',
})
