import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { compactCredits } from '#domain/connections/compact_credits'
import { CreditBooks } from '#domain/connections/credit_books'
import { creditsLeft } from '#domain/connections/credits_left'
import CreditEntry from '#domain/connections/credit_entry'
import OrgLimit from '#domain/limits/org_limit'
import { orgKey } from '#domain/connections/org'
import { viewSpending } from '#http/credits/spending_view'
import { givenConnection, givenRun, givenService, givenTenant } from '#tests/support/app'
import { givenSpent } from '#tests/support/credits'

const HOUR = 3_600_000

/** Entries of three days: of two services, and of nobody. */
async function givenBooks() {
  const tenant = await givenTenant()
  const connection = await givenConnection(tenant, { creditsPerDay: 50_000 })
  await connection.refresh()
  const services = [await givenService(tenant), await givenService(tenant)]
  const runs = []
  for (const service of services) runs.push(await givenRun(service), await givenRun(service))
  for (let minute = 0; minute < 72 * 60; minute += 7) {
    const run = runs[(minute / 7) % 5]
    await givenSpent(connection, (minute % 7) + 1, minute, run?.id ?? null)
  }
  const count = async () => {
    const entries = await CreditEntry.query().where('connectionId', connection.id)
    return entries.length
  }
  return { tenant, connection, count }
}

test.group('Old credits', () => {
  test('are one entry per hour and service, and every total stays', async ({ assert }) => {
    const { tenant, connection, count } = await givenBooks()
    const now = Date.now()
    await OrgLimit.tell(orgKey(connection), 30_000, now - 23 * HOUR)
    const figures = async () => [
      await viewSpending(tenant, now),
      await creditsLeft(connection, now),
      await creditsLeft(connection, now + 20 * HOUR),
    ]
    const [before, entries] = [await figures(), await count()]
    const gone = await compactCredits(now)
    assert.isAbove(gone, 10)
    assert.equal(await count(), entries - gone)
    assert.deepEqual(await figures(), before)
    const rows = await db
      .from('credit_entries')
      .leftJoin('runs', 'runs.id', 'credit_entries.run_id')
      .where('credit_entries.connection_id', connection.id)
      .where('spent_at', '<', now - 51 * HOUR)
      .select('runs.service_id as service', db.raw('spent_at - spent_at % ? as hour', [HOUR]))
    const places = rows.map(({ service, hour }) => `${service} ${hour}`)
    assert.equal(new Set(places).size, places.length)
    assert.equal(await compactCredits(now), 0)
  })

  test('are added up once, however many servers look', async ({ assert }) => {
    const { tenant, connection, count } = await givenBooks()
    const now = Date.now()
    const before = await viewSpending(tenant, now)
    await Promise.allSettled([1, 2, 3].map(() => compactCredits(now)))
    await compactCredits(now)
    assert.deepEqual(await viewSpending(tenant, now), before)
    assert.isBelow(await count(), (72 * 60) / 7)
    assert.isNotNull(connection)
  })

  test('are looked after once an hour', async ({ assert }) => {
    const { count } = await givenBooks()
    const books = new CreditBooks()
    const now = Date.now()
    const entries = await count()
    await books.turn(now)
    await books.settled()
    const after = await count()
    assert.isBelow(after, entries)
    await books.turn(now + 12 * HOUR)
    await books.settled()
    assert.isBelow(await count(), after)
  })
})
