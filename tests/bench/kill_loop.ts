import { setTimeout as delay } from 'node:timers/promises'
import { plainFields, serviceOf, type Target } from './definitions.js'
import { startOurs, stopOurs, firstJson } from './child.js'
import { House } from './house.js'
import type { Storage } from './options.js'
import type { Report } from './report.js'
import { shopOf } from './shops.js'
import type { Verdicts } from './verdicts.js'
import type { Yard } from './yard.js'

const records = 20_000
const latestKill = 2_500
const longestWait = 180_000
const routes = ['upsert', 'bulk_write']
const final = ['succeeded', 'partial', 'failed', 'cancelled']

interface Place {
  yard: Yard
  storage: Storage
  verdicts: Verdicts
  say(text: string): void
}

interface LedgerLine {
  module: string
  action: string
  record?: Record<string, unknown>
}

/** kill -9 at random moments of an import: the run ends by itself, and nothing is lost or doubled. */
export async function killLoop(place: Place, kills: number): Promise<void> {
  const simulator = startOurs('ace.js', { PORT: '0' }, [], ['zoho:simulate', '--port=0', '--json'])
  try {
    const target = await firstJson<Target>(simulator)
    const house = await House.open(place.storage, place.yard.mariadb, {
      ...target,
      environment: { ...target.environment, LEASE_SECONDS: '5' },
    })
    try {
      for (const route of routes) await killRuns({ ...place, house, target, route }, kills)
    } finally {
      await house.close()
    }
  } finally {
    await stopOurs(simulator)
  }
}

type Round = Place & { house: House; target: Target; route: string }

async function killRuns(round: Round, kills: number): Promise<void> {
  const { yard, house, target, route, verdicts, storage, say } = round
  const shop = await shopOf(yard.mariadb, records)
  for (let kill = 1; kill <= kills; kill++) {
    await fetch(`${target.url}/__simulator/reset`, { method: 'POST' })
    const name = `kill-${route.replace('_', '-')}-${kill}`
    const connection = new URL(shop).pathname.slice(1).replaceAll('_', '-')
    await house.prepare(shop, serviceOf(name, connection, route, { fields: plainFields }))
    const { id } = await house.json<{ id: string }>([
      'service:run',
      name,
      '--tenant=bench',
      '--json',
    ])
    const moment = Math.round(Math.random() * latestKill)
    await delay(moment)
    await house.killAndRestart()
    const fault = await judge(house, target, id)
    verdicts.judge(
      `${route} on ${storage} killed after ${moment} ms: ${fault ?? 'complete'}`,
      !fault
    )
    say(`  ${kill} of ${kills}, ${route} killed after ${moment} ms: ${fault ?? 'complete'}`)
  }
}

async function judge(house: House, target: Target, id: string): Promise<string | undefined> {
  const report = await ended(house, id)
  if (!final.includes(report.state)) return `the run is still ${report.state}`
  const { created = 0, updated = 0, unchanged = 0 } = report.outcomes
  const sum = Object.values(report.outcomes).reduce((total, count) => total + count, 0)
  if (report.read !== records || sum !== records) return `read ${report.read}, outcomes ${sum}`
  const inserts = await insertsByOrder(target)
  const doubled = [...inserts.values()].filter((count) => count > 1).length
  if (doubled > 0) return `${doubled} orders were inserted twice`
  const arrived = created + updated + unchanged
  // Two orders of the shop share a number, so one deal may hold two of them.
  const isWhole = inserts.size === arrived || inserts.size === arrived - 1
  return isWhole ? undefined : `${arrived} arrived by our count, ${inserts.size} by Zoho's`
}

async function ended(house: House, id: string): Promise<Report> {
  const deadline = Date.now() + longestWait
  for (;;) {
    const report = await house.json<Report>(['run:show', id, '--json'], [0, 1, 2])
    if (final.includes(report.state) || Date.now() > deadline) return report
    await delay(500)
  }
}

async function insertsByOrder(target: Target): Promise<Map<string, number>> {
  const reply = await fetch(`${target.url}/__simulator/ledger?records=1`)
  const inserts = new Map<string, number>()
  const text = await reply.text()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const { module, action, record } = JSON.parse(line) as LedgerLine
    if (module !== 'Deals' || action !== 'insert') continue
    const order = String(record?.Order_Ref)
    inserts.set(order, (inserts.get(order) ?? 0) + 1)
  }
  return inserts
}
