import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OAuthClient } from '#simulators/zoho/auth/oauth_client'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { test } from '@japa/runner'
import { ADMIN, OTHER, SECOND, WRITER, openConsent, type ConsentClient } from './consent_client.js'
import { statusOf } from './open_simulator.js'

type Per = SimulatorOptions['refreshTokenPer']

const fast = { codesPerMinute: 1000 }

async function connectMany(zoho: ConsentClient, count: number, person?: string) {
  const refreshTokens: string[] = []
  for (let number = 0; number < count; number += 1) {
    const { refresh } = await zoho.connect({}, person)
    refreshTokens.push(refresh)
    zoho.sim.advance(1)
  }
  return refreshTokens
}

test.group('Zoho simulator: grants', () => {
  test('a code works once, for two minutes, for its client and address', async (context) => {
    const { assert } = context
    const zoho = await openConsent(context.cleanup, { ...fast, moreClients: [SECOND] })
    const first = await zoho.code()
    const wrong = await zoho.redeem(first, { redirect_uri: 'http://127.0.0.1:3333/callback' })
    assert.deepEqual(wrong, { error: 'invalid_redirect_uri' })
    const other = { client_id: SECOND.clientId, client_secret: SECOND.clientSecret }
    assert.deepEqual(await zoho.redeem(first, other), { error: 'invalid_code' })
    assert.property(await zoho.redeem(first), 'access_token')
    assert.deepEqual(await zoho.redeem(first), { error: 'invalid_code' })
    const second = await zoho.code()
    zoho.sim.advance(119)
    assert.property(await zoho.redeem(second), 'refresh_token')
    const third = await zoho.code()
    zoho.sim.advance(121)
    assert.deepEqual(await zoho.redeem(third), { error: 'invalid_code' })
  })

  test('a refresh token comes offline, and again only with prompt=consent', async (context) => {
    const { assert } = context
    const zoho = await openConsent(context.cleanup, fast)
    const online = await zoho.connect({ access_type: 'online' }, WRITER)
    assert.equal(online.refresh, '')
    assert.match(online.access, /^1000\./)
    const first = await zoho.connect({ prompt: '' })
    assert.match(first.refresh, /^1000\./)
    const repeat = await zoho.connect({ prompt: '' })
    assert.equal(repeat.refresh, '')
    const prompted = await zoho.connect()
    assert.match(prompted.refresh, /^1000\./)
    const refreshed = await zoho.refresh(prompted.refresh)
    assert.property(refreshed, 'access_token')
    assert.notProperty(refreshed, 'refresh_token')
  })

  test('the 21st consent drops the oldest in silence, access token and all', async (context) => {
    const { assert } = context
    const zoho = await openConsent(context.cleanup, fast)
    const oldest = await zoho.connect()
    const second = await zoho.connect()
    await connectMany(zoho, 18)
    assert.equal(await zoho.status('/crm/v8/org', oldest.access), 200)
    const [last] = await connectMany(zoho, 1)
    assert.deepEqual(await zoho.refresh(oldest.refresh), { error: 'invalid_code' })
    assert.equal(await zoho.status('/crm/v8/org', oldest.access), 401)
    assert.property(await zoho.refresh(second.refresh), 'access_token')
    assert.property(await zoho.refresh(last), 'access_token')
    const { refreshToken } = zoho.sim.options
    assert.property(await zoho.refresh(refreshToken), 'access_token')
    const { body } = await zoho.zoho.get('/__simulator/grants')
    assert.lengthOf(Object.values(body.grants), 21)
    assert.notInclude(JSON.stringify(body), last)
  })

  test('refresh tokens are counted by user and client, or by one of them', async (context) => {
    const { assert } = context
    const isLost = async (refreshTokenPer: Per, person?: string, client?: OAuthClient) => {
      const limits = { refreshTokenPer, refreshTokenLimit: 2, moreClients: [SECOND] }
      const zoho = await openConsent(context.cleanup, { ...fast, ...limits })
      const [first] = await connectMany(zoho, 2)
      await zoho.connect({}, person, client)
      return 'error' in (await zoho.refresh(first))
    }
    assert.isTrue(await isLost('user_client'))
    assert.isFalse(await isLost('user_client', OTHER))
    assert.isFalse(await isLost('user_client', ADMIN, SECOND))
    assert.isTrue(await isLost('user', ADMIN, SECOND))
    assert.isFalse(await isLost('user', OTHER))
    assert.isTrue(await isLost('client', OTHER))
    assert.isFalse(await isLost('client', ADMIN, SECOND))
  })

  test('five codes in a minute block that person for ten minutes', async (context) => {
    const { assert } = context
    const zoho = await openConsent(context.cleanup)
    for (let count = 0; count < 4; count += 1) {
      assert.isNotNull(await zoho.code())
    }
    await assert.rejects(() => zoho.consent(), /too_many_codes/)
    zoho.sim.advance(120)
    await assert.rejects(() => zoho.consent(), /too_many_codes/)
    assert.isNotNull(await zoho.code({}, WRITER))
    zoho.sim.advance(481)
    assert.isNotNull(await zoho.code())
  })

  test('tokens are throttled and dropped by refresh token', async (context) => {
    const { assert } = context
    const options = { ...fast, refreshLimit: 3, liveTokens: 2, throttleLanguage: 'zh' } as const
    const zoho = await openConsent(context.cleanup, options)
    const one = await zoho.connect()
    const two = await zoho.connect()
    await zoho.refresh(one.refresh)
    assert.equal(await zoho.status('/crm/v8/org', one.access), 200)
    await zoho.refresh(one.refresh)
    assert.equal(await zoho.status('/crm/v8/org', one.access), 401)
    assert.equal(await zoho.status('/crm/v8/org', two.access), 200)
    const throttled = await zoho.send(one.refresh)
    assert.equal(throttled.status, 400)
    assert.equal(throttled.body.status, 'failure')
    assert.notMatch(String(throttled.body.error_description), /too many/)
    assert.property(await zoho.refresh(two.refresh), 'access_token')
  })

  test('new refresh tokens are throttled by the minute where that is set', async (context) => {
    const { assert } = context
    const options = { ...fast, refreshTokensPerMinute: 1, throttleStatus: 200 } as const
    const zoho = await openConsent(context.cleanup, options)
    const first = await zoho.connect()
    assert.notEqual(first.refresh, '')
    const second = await zoho.connect()
    assert.equal(second.body.status, 'failure')
    assert.notProperty(second.body, 'access_token')
    zoho.sim.advance(61)
    const third = await zoho.connect()
    assert.notEqual(third.refresh, '')
  })

  test('revoking a refresh token ends its access tokens', async (context) => {
    const { assert } = context
    const zoho = await openConsent(context.cleanup, fast)
    const { access, refresh } = await zoho.connect()
    const revoke = async () => {
      const { body } = await zoho.zoho.send('POST', `/oauth/v2/token/revoke?token=${refresh}`)
      return body
    }
    assert.deepEqual(await revoke(), { status: 'success' })
    assert.equal(await zoho.status('/crm/v8/org', access), 401)
    assert.deepEqual(await zoho.refresh(refresh), { error: 'invalid_code' })
    assert.property(await revoke(), 'error')
  })

  test('a self client gets codes of up to ten minutes, and needs no address', async (context) => {
    const { assert } = context
    const zoho = await openConsent(context.cleanup)
    const mint = (order: object) => zoho.zoho.post('/__simulator/self_client', order)
    const { body } = await mint({ scope: 'ZohoCRM.org.READ', minutes: 10, person: OTHER })
    zoho.sim.advance(599)
    const granted = await zoho.redeem(String(body.code), { redirect_uri: '' })
    assert.property(granted, 'refresh_token')
    assert.equal(granted.scope, 'ZohoCRM.org.READ')
    for (const order of [{}, { scope: 'all' }, { scope: 'ZohoCRM.org.READ', minutes: 11 }]) {
      assert.equal(await statusOf(mint(order)), 400)
    }
  })

  test('client credentials need scope and org, and bring no refresh token', async (context) => {
    const { assert } = context
    const zoho = await openConsent(context.cleanup)
    const ask = async (form: Record<string, string>) => {
      const body = zoho.zoho.form({ grant_type: 'client_credentials', ...form })
      const answer = await zoho.zoho.send('POST', '/oauth/v2/token', { body })
      return answer.body
    }
    const scope = 'ZohoCRM.org.READ'
    assert.deepEqual(await ask({ scope }), { error: 'missing_org_info' })
    assert.deepEqual(await ask({ scope, soid: 'ZohoCRM.1' }), { error: 'missing_org_info' })
    const soid = `ZohoCRM.${zoho.sim.orgs[1].zgid}`
    assert.deepEqual(await ask({ scope: 'nonsense', soid }), { error: 'invalid_scope' })
    const granted = await ask({ scope, soid })
    assert.notProperty(granted, 'refresh_token')
    const { body } = await zoho.get('/crm/v8/org', String(granted.access_token))
    assert.equal(body.org[0].zgid, zoho.sim.orgs[1].zgid)
    assert.notEqual(body.org[0].zgid, zoho.sim.zgid)
  })

  test('what was allowed outlives a reset', async ({ assert, cleanup }) => {
    const zoho = await openConsent(cleanup)
    const { access, refresh } = await zoho.connect()
    zoho.sim.reset()
    assert.equal(await zoho.status('/crm/v8/org', access), 200)
    assert.property(await zoho.refresh(refresh), 'access_token')
  })

  test('with a truth file refresh tokens survive the process', async (context) => {
    const { assert } = context
    const folder = mkdtempSync(join(tmpdir(), 'zoho-grants-'))
    context.cleanup(() => rmSync(folder, { recursive: true, force: true }))
    const options = { ...fast, persistFile: join(folder, 'truth.ndjson') }
    const first = await openConsent(context.cleanup, options)
    const kept = await first.connect()
    const gone = await first.connect({}, WRITER)
    await first.zoho.send('POST', `/oauth/v2/token/revoke?token=${gone.refresh}`)
    await first.sim.close()
    const second = await openConsent(context.cleanup, options)
    assert.property(await second.refresh(kept.refresh), 'access_token')
    assert.deepEqual(await second.refresh(gone.refresh), { error: 'invalid_code' })
    const repeat = await second.connect({ prompt: '' })
    assert.equal(repeat.refresh, '')
  })

  test('an older server says milliseconds and seconds', async ({ assert, cleanup }) => {
    const zoho = await openConsent(cleanup, { legacyExpiry: true })
    const { body } = await zoho.connect()
    assert.deepEqual([Number(body.expires_in), Number(body.expires_in_sec)], [3_600_000, 3600])
  })
})
