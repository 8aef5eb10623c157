import type { SimulatedOrg } from '../simulated_org.js'
import type { LedgerEntry } from '../store/ledger.js'

export interface LedgerLine {
  seq: number
  at: string
  module: string
  id: string
  action: LedgerEntry['action']
  via: LedgerEntry['via']
  match: LedgerEntry['match']
  trigger: LedgerEntry['trigger']
  /** Which automations the write set off. */
  automations: readonly string[]
  changed: boolean
  by: string | null
  record?: Record<string, unknown>
}

function recordOf(org: SimulatedOrg, { module, values }: LedgerEntry) {
  const fields = org.store.tables.get(module)?.fields
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const isTime = fields?.get(name)?.dataType === 'datetime' && typeof value === 'number'
      return [name, isTime ? org.zone.format(value) : value]
    })
  )
}

const ALL = ['workflow', 'approval', 'blueprint', 'pathfinder', 'orchestration']

/** Without the key all of them run, with an empty list none. */
function automationsOf({ trigger }: LedgerEntry) {
  return trigger === null ? ALL : ALL.filter((name) => trigger.includes(name))
}

/** The truth log from a sequence number on, in the order of commits. */
export function* renderLedger(
  org: SimulatedOrg,
  since = 0,
  withRecords = false
): Generator<LedgerLine> {
  const { entries } = org.store.ledger
  for (let at = since; at < entries.length; at += 1) {
    const { values, ...entry } = entries[at]
    const automations = automationsOf(entries[at])
    const line = { ...entry, automations, at: new Date(entry.at).toISOString() }
    yield withRecords ? { ...line, record: recordOf(org, entries[at]) } : line
  }
}
