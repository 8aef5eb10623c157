import { test } from '@japa/runner'
import { SdkClient } from '#tests/support/zoho_sdk/sdk_client'
import { sdkFolder, stageSdk } from '#tests/support/zoho_sdk/stage_sdk'

const token = 'POST /oauth/v2/token'

test.group("Zoho's own SDK: session", (group) => {
  // The SDK refreshes a token that has five seconds left, so this one before each call.
  const stage = stageSdk(group, { tokenLifeSeconds: 5 })

  test('signs in at the simulator, and stays with it', ({ assert }) => {
    const { session, sim } = stage()
    assert.equal(session.apiDomain, sim.url)
    assert.equal(session.user, `sim.admin@example.com:${sim.zgid}`)
  })

  test('refreshes its token', async ({ assert }) => {
    const { sdk, calls } = stage()
    for (const call of [1, 2]) {
      const { status } = await sdk.ask('getOrganization')
      assert.equal(status, 200)
      assert.equal(calls(token), call)
    }
  })

  test('is throttled when it refreshes too often', async ({ assert }) => {
    const { sdk, sim } = stage()
    const refresh = () => sdk.ask('getOrganization')
    for (let left = sim.options.refreshLimit; left > 0; left -= 1) await refresh()
    await assert.rejects(refresh, /INVALID TOKEN ERROR.*Access Denied/)
    sim.advance(sim.options.refreshWindowSeconds + 1)
    assert.containSubset(await refresh(), { status: 200 })
  })

  test('is refused with a wrong secret', async ({ assert, cleanup }) => {
    const { sim } = stage()
    const other = new SdkClient(sdkFolder)
    cleanup(() => other.close())
    const options = { ...sim.options, clientSecret: 'a wrong one' }
    const signIn = () => other.signIn({ url: sim.url, options })
    await assert.rejects(signIn, /INVALID TOKEN ERROR.*invalid_client/)
  })
})
