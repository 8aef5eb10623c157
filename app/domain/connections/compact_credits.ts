import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import CreditEntry from '#domain/connections/credit_entry'

const HOUR = 3_600_000
/** A vendor's word of a day ago is held against the day before it. */
const KEPT = 49 * HOUR

interface Group {
  connectionId: string
  serviceId: string | null
  hour: unknown
}

const ofServices = (client: typeof db | TransactionClientContract) =>
  client.from('credit_entries').leftJoin('runs', 'runs.id', 'credit_entries.run_id')

/**
 * Adds up what was spent more than two days ago: one entry per hour, connection and service.
 * Totals stay what they are. Answers how many entries went.
 * @param most hours to add up at once
 */
export async function compactCredits(now: number, most = 500): Promise<number> {
  const groups: Group[] = await ofServices(db)
    .where('credit_entries.spent_at', '<', now - (now % HOUR) - KEPT)
    .select('credit_entries.connection_id as connectionId', 'runs.service_id as serviceId')
    .select(db.raw('credit_entries.spent_at - credit_entries.spent_at % ? as hour', [HOUR]))
    .groupBy('connectionId', 'serviceId', 'hour')
    .havingRaw('count(*) > 1')
    .limit(most)
  let gone = 0
  for (const group of groups) gone += await db.transaction((trx) => addUp(group, trx))
  return gone
}

/** Several servers may look at once: whoever finds an entry gone leaves the hour to the other. */
async function addUp(
  { connectionId, serviceId, hour }: Group,
  trx: TransactionClientContract
): Promise<number> {
  const from = Number(hour)
  const found = ofServices(trx)
    .where('credit_entries.connection_id', connectionId)
    .whereBetween('credit_entries.spent_at', [from, from + HOUR - 1])
    .orderBy('credit_entries.spent_at', 'desc')
    .orderBy('credit_entries.id')
    .select('credit_entries.id', 'calls', 'credits')
  if (serviceId === null) found.whereNull('runs.service_id')
  else found.where('runs.service_id', serviceId)
  const [latest, ...others]: Array<{ id: string; calls: number; credits: number }> = await found
  if (latest === undefined || others.length === 0) return 0
  const ids = others.map(({ id }) => id)
  const gone = Number(await CreditEntry.query({ client: trx }).whereIn('id', ids).delete())
  if (gone !== ids.length) throw new Error('Another server adds up the same credits')
  await CreditEntry.query({ client: trx })
    .where('id', latest.id)
    .increment({
      calls: others.reduce((sum, { calls }) => sum + Number(calls), 0),
      credits: others.reduce((sum, { credits }) => sum + Number(credits), 0),
    })
  return gone
}
