import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import AccessToken from '#domain/connections/access_token'
import { checkConnection } from '#domain/connections/check_connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { tokenPort } from '#domain/connections/token_port'
import { givenZoho, givenZohoConnection } from '#tests/functional/connections/given_zoho'
import { givenTenant, unique } from '#tests/support/app'
import { runCommand } from '#tests/support/run_command'
import { withTestRunners } from '#tests/support/with_test_runners'
import { RunnerPool } from '#workers/runner_pool'
import type { Ports } from '#workers/messages'

const THREADS = 16
const CHECKS = 500
const CALLS_PER_CHECK = 2
const TOKEN = '/oauth/v2/token'

async function givenConnected() {
  const tenant = await givenTenant()
  const zoho = await givenZoho({ refreshToken: unique('1000.token'), edition: 'ultimate' })
  const connection = await givenZohoConnection(tenant, zoho)
  await withTestRunners(() => checkConnection(connection))
  return { tenant, zoho, connection: await connection.refresh() }
}

/** Threads without a limit of calls under way, so that all of them meet the dead token. */
function openPool(): RunnerPool {
  const quota: Ports['quota'] = {
    acquire: async () => ({ until: Date.now() + 250 }),
    release() {},
    spend() {},
    afford: async () => {},
    told() {},
    refused() {},
  }
  const never = async () => {
    throw new Error('No run is under way')
  }
  const ledger = { open: never, begin: never, match: never, intend: never, settle: never }
  return new RunnerPool({
    size: THREADS,
    heapMb: 128,
    hungAfter: 60_000,
    recycleAfter: 1000,
    warmFrom: null,
    ports: { ledger, requests: { keep: async () => {} }, quota, token: tokenPort },
    onFree() {},
    onRunOver() {},
    onRunLost() {},
    onProgress() {},
    onAlive() {},
    onLog() {},
  })
}

test.group('One expired token', () => {
  test('and 1,000 calls of 16 threads are one refresh', async ({ assert }) => {
    const { zoho, connection } = await givenConnected()
    const pool = openPool()
    await pool.start()
    await pool.settled()
    const grant = await grantConnection(connection)
    const grounds = await groundsOf(connection.tenantId)
    const before = { tokens: zoho.calls(TOKEN), orgs: zoho.calls('/org') }
    zoho.simulator.advance(3700)

    const ask = () => pool.inquire<'check'>({ ask: 'check', connection: grant, grounds })
    const results = await Promise.all(Array.from({ length: CHECKS }, ask))
    await pool.close()
    assert.isEmpty(results.filter(({ ok }) => !ok))
    assert.isAtLeast(zoho.calls('/org') - before.orgs, (CHECKS * CALLS_PER_CHECK) / 2)
    assert.equal(zoho.calls(TOKEN) - before.tokens, 1)
    await zoho.close()
  }).timeout(120_000)

  test('that four processes find at once is renewed once', async ({ assert }) => {
    const { tenant, zoho, connection } = await givenConnected()
    const before = zoho.calls(TOKEN)
    const token = await AccessToken.of(connection.id)
    await token.merge({ expiresAt: DateTime.utc().minus({ minutes: 1 }) }).save()
    // Slow enough that all four have begun before the first one is answered.
    zoho.simulator.faults([{ match: { path: TOKEN }, kind: 'latency', ms: 4000 }])
    const said = await Promise.all(
      Array.from({ length: 4 }, () =>
        runCommand('connection:test', connection.name, `--tenant=${tenant.slug}`, '--json')
      )
    )
    for (const { code, stderr } of said) assert.equal(code, 0, stderr)
    assert.equal(zoho.calls(TOKEN) - before, 1)
    await zoho.close()
  }).timeout(120_000)
})
