import { ConnectorError, type CallRoute } from '#sdk'
import type { HostileShop } from './hostile_shop.js'

/** Deletes by id, unless `broken` names the clause about it: then it never says what was gone before. */
export function hostileDelete(shop: HostileShop, broken: string | null): CallRoute {
  return {
    name: 'delete',
    kind: 'call',
    operations: ['delete'],
    concurrency: 2,
    idempotent: ['delete'],
    maxRecords: 10,
    cost: () => 1,
    async send(_ctx, { ids }) {
      const gone = ids.map((id) => !shop.written.delete(String(id)))
      if (shop.losesReply) {
        shop.losesReply = false
        throw new ConnectorError('transient', 'There was no answer.', { delivered: 'unknown' })
      }
      return ids.map((id, index) => {
        const state = gone[index] && broken !== 'C22' ? 'unchanged' : 'deleted'
        return { index, state, id: String(id) }
      })
    },
  }
}
