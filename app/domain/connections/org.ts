import logger from '@adonisjs/core/services/logger'
import Connection from '#domain/connections/connection'
import { declarationOf } from '#domain/connections/declaration'
import type { Limits } from '#sdk'

const USUAL_RESERVE = 10

/** The vendor's account to which connections lead: its limits are theirs together. */
export interface Org {
  key: string
  /** All connections that lead to it, of whichever tenant. */
  connectionIds: string[]
  limits: Limits | null
  /** Credits of any 24 hours; null where they are not counted. */
  perDay: number | null
  /** Credits that runs leave alone. */
  reserve: number
}

export function orgKey({ id, connector, identity }: Connection): string {
  return identity === null ? `connection:${id}` : `${connector}:${identity}`
}

export async function orgOf(connection: Connection): Promise<Org> {
  const { connector, identity, tenantId } = connection
  const siblings =
    identity === null
      ? [connection]
      : await Connection.query().where('connector', connector).where('identity', identity)
  const own = siblings.filter((sibling) => sibling.tenantId === tenantId)
  const limits = await limitsOf(connection)
  const perDay = least(own.map((each) => each.creditsPerDay)) ?? limits?.dailyCredits ?? null
  const percent = most(own.map((each) => each.reservePercent)) ?? USUAL_RESERVE
  return {
    key: orgKey(connection),
    connectionIds: siblings.map(({ id }) => id),
    limits,
    perDay,
    reserve: Math.ceil(((perDay ?? 0) * percent) / 100),
  }
}

/** What the check told of the account, over what the connector declares of all. */
async function limitsOf({ connector, limits }: Connection): Promise<Limits | null> {
  const declared = await declaredLimits(connector)
  if (declared === null && limits === null) return null
  return { concurrency: Infinity, ...declared, ...limits }
}

async function declaredLimits(connector: string): Promise<Limits | null> {
  try {
    const { limits } = await declarationOf(connector)
    return limits
  } catch (error) {
    // A plugin that is gone or broken says so where it is used; here it only declares nothing.
    logger.debug({ err: error, connector }, 'A connector declares no limits')
    return null
  }
}

const set = (values: Array<number | null>) => values.filter((value) => value !== null).map(Number)
const least = (values: Array<number | null>) => set(values).sort((a, b) => a - b)[0]
const most = (values: Array<number | null>) => set(values).sort((a, b) => b - a)[0]
