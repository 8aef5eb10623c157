import { ConnectorError, type RecordOutcome, type Route, type WriteBatch } from '#sdk'
import type { HostileShop } from './hostile_shop.js'

/** A call and a job, honest unless `broken` names a clause to break. */
export function hostileRoutes(shop: HostileShop, broken: string | null): Route[] {
  const price = {
    operations: ['insert' as const],
    concurrency: 2,
    idempotent: [],
    maxRecords: 10,
    cost: (records: number) => (broken === 'C17' ? 10 - records : Math.ceil(records / 10)),
  }
  return [
    {
      ...price,
      name: 'insert',
      kind: 'call',
      async send(_ctx, batch) {
        refuseWhenLimited(shop, broken)
        const outcomes = writeAll(shop, batch)
        if (shop.losesReply) {
          shop.losesReply = false
          const delivered = broken === 'C13' ? 'no' : 'unknown'
          throw new ConnectorError('transient', 'There was no answer.', { delivered })
        }
        return broken === 'C11' ? outcomes.slice(1) : outcomes
      },
    },
    {
      ...price,
      name: 'job',
      kind: 'job',
      async submit(_ctx, batch) {
        refuseWhenLimited(shop, broken)
        const id = `job ${shop.jobs.size}`
        shop.jobs.set(id, batch.records)
        return broken === 'C18' ? Object.assign([id], { toJSON: () => null }) : { id, polls: 0 }
      },
      async collect(_ctx, ticket, batch) {
        const id = ticket !== null && typeof ticket === 'object' && 'id' in ticket ? ticket.id : ''
        if (!shop.jobs.has(String(id))) throw new ConnectorError('fatal', 'There is no such job.')
        return { state: 'done', outcomes: writeAll(shop, batch) }
      },
    },
  ]
}

function refuseWhenLimited(shop: HostileShop, broken: string | null): void {
  if (!shop.isLimited) return
  shop.isLimited = false
  throw new ConnectorError(broken === 'C12' ? 'transient' : 'rate_limited', 'Too many calls.')
}

function writeAll(shop: HostileShop, batch: WriteBatch): RecordOutcome[] {
  return batch.records.map((record, index) => {
    const id = shop.write(record)
    if (id !== null) return { index, state: 'created', id }
    return { index, state: 'rejected', code: 'NAME', message: 'A thing has a name.', field: 'name' }
  })
}
