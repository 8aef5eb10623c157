import { test } from '@japa/runner'
import { SdkClient } from '#tests/support/zoho_sdk/sdk_client'
import { sdkFolder, stageSdk } from '#tests/support/zoho_sdk/stage_sdk'

function openSdk(cleanup: (close: () => Promise<void>) => void) {
  const sdk = new SdkClient(sdkFolder)
  cleanup(() => sdk.close())
  return sdk
}

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

  test('signs in by a grant code, which brings a refresh token', async ({ assert, cleanup }) => {
    const { sim } = stage()
    const other = openSdk(cleanup)
    const session = await other.signIn(sim, { grantToken: sim.options.authorizationCode })
    assert.match(session.refreshToken, /^1000\./)
    assert.equal(session.apiDomain, sim.url)
    assert.containSubset(await other.ask('getOrganization'), { status: 200 })
  })

  test('is refused with a wrong secret', async ({ assert, cleanup }) => {
    const other = openSdk(cleanup)
    const signIn = () => other.signIn(stage().sim, { clientSecret: 'a wrong one' })
    await assert.rejects(signIn, /INVALID TOKEN ERROR.*invalid_client_secret/)
  })
})
