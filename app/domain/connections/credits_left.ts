import db from '@adonisjs/lucid/services/db'
import type Connection from '#domain/connections/connection'
import { orgOf } from '#domain/connections/org'
import type { Org } from '#domain/connections/org'
import OrgLimit from '#domain/limits/org_limit'
import { DAY, leftAt, MINUTE } from '#domain/limits/rolling_credits'
import type { RollingCredits } from '#domain/limits/rolling_credits'

interface MinuteRow {
  at: unknown
  credits: unknown
}

/** What is left of the credits of the account, whoever spent the others; null where none are counted. */
export async function creditsLeft(
  connection: Connection,
  now = Date.now()
): Promise<number | null> {
  const credits = await rollingCredits(await orgOf(connection), now)
  return credits === null ? null : leftAt(credits, now)
}

/** The account's ledger, over all its connections and runs. */
export async function rollingCredits(org: Org, now: number): Promise<RollingCredits | null> {
  if (org.perDay === null) return null
  const said = await OrgLimit.of(org.key)
  const told =
    said.remaining === null || said.toldAt === null || said.toldAt.toMillis() <= now - DAY
      ? null
      : { remaining: said.remaining, at: said.toldAt.toMillis() }
  const spent = await spentByMinute(org.connectionIds, (told?.at ?? now) - DAY, told?.at ?? now)
  return { perDay: org.perDay, spent, told }
}

/** What comes back within one minute is one entry, except that none lies on both sides of `border`. */
async function spentByMinute(connectionIds: string[], from: number, border: number) {
  const rows: MinuteRow[] = await db
    .from('credit_entries')
    .whereIn('connection_id', connectionIds)
    .where('spent_at', '>', from)
    .groupByRaw('spent_at - spent_at % ?, spent_at > ?', [MINUTE, border])
    .max('spent_at as at')
    .sum('credits as credits')
  return rows.map(({ at, credits }) => ({ at: Number(at), credits: Number(credits) }))
}
