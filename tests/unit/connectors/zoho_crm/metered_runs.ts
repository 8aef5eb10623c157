import { hash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { priceNext } from '#engine/next_price'
import { preview } from '#engine/preview'
import { sync } from '#engine/sync'
import type { SyncInput, World } from '#engine/sync_input'
import { priceRun } from '#workers/price_run'
import type {
  Context,
  RecordValues,
  ServiceDefinition,
  StreamAccess,
  StreamDescription,
} from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { makeInput, stream } from '../../engine/support/make_input.js'
import { MemoryLedger } from '../../engine/support/memory_ledger.js'
import { memorySource } from '../../engine/support/memory_source.js'
import { MemoryTarget } from '../../engine/support/memory_target.js'
import type { openOrg } from './open_org.js'

export type Org = Awaited<ReturnType<typeof openOrg>>

const world: World = {
  now: () => performance.now(),
  random: () => 0,
  sleep: (milliseconds) => setTimeout(Math.min(milliseconds, 5)),
  hash: (text) => hash('sha1', text),
}

const SHOP = stream('shop', [
  { name: 'id', type: 'integer', nullable: false },
  { name: 'code', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'customer', type: 'text' },
])
const LIST = stream('list', [
  { name: 'Source_Id', type: 'text', unique: true },
  { name: 'Last_Name', type: 'text' },
])

/** Where a service reads from, what it does there, and how much it maps. */
export interface Plan {
  from: 'zoho' | 'shop'
  to: 'zoho' | 'list'
  operation: 'upsert' | 'update'
  /** Deals of this number and below are read; of a shop as many records. */
  count: number
  refers: boolean
  fields: number
}

/** A service with its own ledger, whose runs are paid to a simulated org. */
export class MeteredRuns {
  readonly ledger = new MemoryLedger()
  readonly target = new MemoryTarget('Source_Id')
  shop: RecordValues[] = []

  constructor(
    readonly org: Org,
    readonly streams: { deals: StreamDescription; contacts: StreamDescription },
    readonly plan: Plan
  ) {}

  #definition(): ServiceDefinition {
    const { from, operation, count, refers, fields } = this.plan
    const names =
      from === 'zoho'
        ? { code: 'Order_Ref', name: 'Deal_Name', customer: 'Shipping_City' }
        : { code: 'code', name: 'name', customer: 'customer' }
    const filter = from === 'zoho' ? { filter: `Item_Count <= ${count}` } : {}
    const further = [{ to: 'Description', from: names.name }]
    const refer = { to: 'Account_Name', from: names.customer, as: 'lookup', by: 'Account_Name' }
    return {
      name: 'metered',
      kind: 'import',
      source: { connection: 'source', stream: from === 'zoho' ? 'Deals' : 'shop', ...filter },
      target: {
        connection: 'target',
        stream: 'Contacts',
        operation,
        match: { by: 'fields', fields: ['Source_Id'] },
      },
      mapping: [
        { to: 'Source_Id', from: names.code },
        { to: 'Last_Name', from: names.name },
        ...(this.plan.to === 'zoho' ? further.slice(0, fields) : []),
        ...(refers ? [{ ...refer, as: 'lookup' as const }] : []),
      ],
    }
  }

  input(ctx: Context, known: Partial<SyncInput> = {}): SyncInput {
    const { shop, ledger, streams } = this
    const access: StreamAccess = connector.discover ?? {}
    const free = { ...this.target.callRoute(['upsert'], ['upsert'], 1000), cost: () => 0 }
    const made = makeInput({ source: memorySource(shop), routes: [free], ledger })
    const counted = { ...memorySource(shop), count: () => Promise.resolve(shop.length) }
    const routes = access.routes?.(streams.contacts) ?? []
    return {
      ...made,
      world,
      definition: this.#definition(),
      source:
        this.plan.from === 'zoho'
          ? { ctx, stream: streams.deals, access }
          : { ...made.source, stream: SHOP, access: counted },
      target:
        this.plan.to === 'zoho'
          ? { ctx, stream: streams.contacts, access, routes }
          : { ...made.target, stream: LIST },
      ...known,
    }
  }

  /** Of whatever is done meanwhile, what the org takes for it. */
  async metered<Result>(work: (ctx: Context) => Promise<Result>) {
    // What a context remembers is a run's own.
    const ctx = { ...this.org.ctx }
    const before = this.org.sim.stats().credits.used
    const result = await work(ctx)
    return { result, credits: this.org.sim.stats().credits.used - before }
  }

  async run(known: Partial<SyncInput>) {
    const { result, credits } = await this.metered((ctx) => sync(this.input(ctx, known)))
    this.ledger.newRun()
    return { report: result, credits }
  }

  gate() {
    return this.metered((ctx) => priceRun(this.input(ctx)))
  }

  next() {
    return this.metered((ctx) => priceNext(this.input(ctx), 60_000))
  }

  preview(known: Partial<SyncInput> = {}) {
    const keep = { create: 0, update: 0, delete: 0, unchanged: 0, filtered: 0, rejected: 0 }
    return this.metered((ctx) => preview(this.input(ctx, known), { keep, ask: 0 }))
  }
}
