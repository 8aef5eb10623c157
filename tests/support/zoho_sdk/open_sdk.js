import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const name = '@zohocrm/typescript-sdk-8.0'

/** Loads the SDK. Its root goes first: a part of it loaded alone runs in a circle. */
export function loadSdk(folder) {
  const require = createRequire(join(folder, 'package.json'))
  const root = require(name)
  const part = (path) => require(`${name}/dist/${path}`)
  return { ...root, part, api: (path) => part(`core/com/zoho/crm/api/${path}`) }
}

function tokenOf(sdk, { clientId, clientSecret, refreshToken, grantToken }) {
  const builder = new sdk.OAuthBuilder().clientId(clientId).clientSecret(clientSecret)
  if (grantToken) builder.grantToken(grantToken)
  else builder.refreshToken(refreshToken)
  return builder.findUser(true).build()
}

/** Signs the whole process in, as Zoho's own README does it. */
export async function signIn(sdk, { url, ...grant }) {
  const { FileStore } = sdk.part('models/authenticator/store/file_store')
  const { Environment } = sdk.part('routes/dc/environment')
  const store = new FileStore(join(sdk.scratch, 'tokens.csv'))
  const config = new sdk.SDKConfigBuilder().autoRefreshFields(true).pickListValidation(true)
  mkdirSync(join(sdk.scratch, 'fields'))
  await new sdk.InitializeBuilder()
    .environment(new Environment(url, `${url}/oauth/v2/token`, url))
    .token(tokenOf(sdk, grant))
    .store(store)
    .SDKConfig(config.build())
    .resourcePath(join(sdk.scratch, 'fields/'))
    .initialize()
  const [saved] = await store.getTokens()
  return {
    user: saved.getUserSignature()?.getName(),
    apiDomain: saved.getAPIDomain(),
    refreshToken: saved.getRefreshToken(),
  }
}
