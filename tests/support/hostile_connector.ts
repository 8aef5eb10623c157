import { ConnectorError, defineConnector, type Connector, type StreamDescription } from '#sdk'
import { hostileAction } from './hostile_action.js'
import { hostileDelete } from './hostile_delete.js'
import { hostileFlagging } from './hostile_flags.js'
import { hostileRead } from './hostile_read.js'
import { hostileDeletions, hostileReadRoutes } from './hostile_routes.js'
import { hostileSearch } from './hostile_search.js'
import type { HostileShop } from './hostile_shop.js'
import { hostileRoutes } from './hostile_write.js'

export const HOSTILE_STREAM = 'things "to" go 😀'

/** A connector that keeps every clause but the one that `broken` names. */
export function hostileConnector(shop: HostileShop, broken: string | null): Connector {
  const secret = { name: 'password', title: 'Password', type: 'text' as const }
  const stream = describe(broken)
  return defineConnector({
    title: 'Hostile',
    auth: { type: 'custom', secrets: [secret] },
    settings: [{ name: 'user', title: 'User', type: 'text' }, ...(broken === 'C2' ? [secret] : [])],
    async check(ctx) {
      const { password } = ctx.secrets
      if (broken === 'C15') ctx.log.info('Signing in', { password })
      if (password === 'open-sesame') return { ok: true, message: 'The door is open.' }
      if (broken === 'C3') throw new ConnectorError('auth', 'Wrong password')
      return { ok: false, field: 'password', message: 'The password is not the right one.' }
    },
    actions: [hostileAction(broken)],
    discover: {
      list: async () => [{ name: stream.name, title: stream.title }],
      async describe(_ctx, name) {
        if (name === stream.name) return stream
        throw new ConnectorError('config', `There is no stream ${name}.`)
      },
      read: (ctx, described, query) => hostileRead(shop, broken, ctx, described, query),
      readRoutes: () => hostileReadRoutes(shop, broken),
      count: async () => shop.things.size,
      readDeleted: (_ctx, _stream, { since, cursor }) =>
        hostileDeletions(shop, broken, since, cursor),
      highWater: async () => '2026-11-20T00:00:00Z',
      routes: () => [...hostileRoutes(shop, broken), hostileDelete(shop, broken)],
      flagging: hostileFlagging(shop, broken),
      search: hostileSearch(shop, broken),
    },
  })
}

function describe(broken: string | null): StreamDescription {
  return {
    name: HOSTILE_STREAM,
    title: 'Things',
    key: broken === 'C4' ? ['nothing'] : ['id'],
    fields: [
      { name: 'id', type: 'integer', unique: true },
      { name: 'name', type: 'text', nullable: true },
      { name: 'at', type: 'datetime' },
    ],
    readable: true,
    writable: true,
    cursors: ['at'],
    pushdown: ['=', '!=', '<', '<=', '>', '>=', 'in', 'all', 'any'],
  }
}
