import { ConcurrencyGate } from '../limits/concurrency_gate.js'
import { Credits } from '../limits/credits.js'
import type { SimulatedOrg } from '../simulated_org.js'

export type DeskRecord = Record<string, unknown> & { id: string }

export interface DeskWebhook {
  id: string
  name: string
  url: string
  subscriptions: Record<string, unknown>
  ignoreSourceId: string | null
  isEnabled: boolean
}

/** What one organization holds in Desk. */
export class Helpdesk {
  readonly webhooks = new Map<string, DeskWebhook>()
  readonly credits: Credits
  readonly gate: ConcurrencyGate
  #records = new Map<string, Map<string, DeskRecord>>()

  constructor(readonly org: SimulatedOrg) {
    const { deskCredits, deskConcurrency } = org.options
    this.credits = new Credits(deskCredits)
    this.gate = new ConcurrencyGate(deskConcurrency, deskConcurrency)
  }

  /** Neither CRM's number nor that of Books. */
  get orgId() {
    return `7${this.org.zgid.slice(0, 8)}`
  }

  /** The one department there is. */
  get departmentId() {
    return this.org.ids.fixed(9_001)
  }

  records(path: string) {
    const records = this.#records.get(path) ?? new Map<string, DeskRecord>()
    this.#records.set(path, records)
    return records
  }
}

const kept = new WeakMap<SimulatedOrg, Helpdesk>()

/** The helpdesk of an org, new with each new org. */
export function deskOf(org: SimulatedOrg) {
  const desk = kept.get(org) ?? new Helpdesk(org)
  kept.set(org, desk)
  return desk
}
