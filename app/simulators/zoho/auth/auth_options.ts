import type { OAuthClient } from './oauth_client.js'
import { defaultPeople, type SimulatedPerson } from './simulated_person.js'

export interface AuthOptions {
  clientId: string
  clientSecret: string
  /** Addresses registered for the client; with none, any address of this machine will do. */
  redirectUris: readonly string[]
  moreClients: readonly OAuthClient[]
  people: readonly SimulatedPerson[]
  /** A refresh token that is there from the start, the first person's; never dropped by a limit. */
  refreshToken: string
  /** Its scopes, comma separated; all when empty. */
  refreshTokenScope: string
  /** A grant code that brings that refresh token, once. */
  authorizationCode: string
  /** The data centre named in the callback. */
  location: string
  /** `accounts-server` of the callback; its own address when null. */
  accountsServer: string | null
  /** Whether the consent page is shown, or answered at once for the first person. */
  consent: 'ask' | 'accept' | 'deny'
  tokenLifeSeconds: number
  /** Access tokens per refresh token and window; one more is throttled until the window ends. */
  refreshLimit: number
  refreshWindowSeconds: number
  /** Access tokens alive per refresh token: 10, 15 or 30 by the page one reads. */
  liveTokens: number
  refreshTokenLimit: number
  /** Whose refresh tokens are counted together. */
  refreshTokenPer: 'user' | 'user_client' | 'client'
  /** New refresh tokens per minute and person; 0 for no limit. */
  refreshTokensPerMinute: number
  codeLifeSeconds: number
  /** Grant codes per minute, person and client; one more blocks for `codeBlockSeconds`. */
  codesPerMinute: number
  codeBlockSeconds: number
  throttleStatus: 400 | 200
  throttleLanguage: 'en' | 'zh'
  /** The older answer: `expires_in` in milliseconds, and seconds in `expires_in_sec`. */
  legacyExpiry: boolean
  acceptBearer: boolean
  /** Names besides this machine's own under which the API may be called. */
  apiHosts: readonly string[]
}

export const authDefaults: AuthOptions = {
  clientId: '1000.FAKESIMULATORCLIENT',
  clientSecret: 'fake-simulator-client-secret',
  redirectUris: [],
  moreClients: [],
  people: defaultPeople,
  refreshToken: '1000.fake-simulator-refresh-token',
  refreshTokenScope: '',
  authorizationCode: '1000.fake-simulator-grant-code',
  location: 'us',
  accountsServer: null,
  consent: 'ask',
  tokenLifeSeconds: 3600,
  refreshLimit: 10,
  refreshWindowSeconds: 600,
  liveTokens: 10,
  refreshTokenLimit: 20,
  refreshTokenPer: 'user_client',
  refreshTokensPerMinute: 0,
  codeLifeSeconds: 120,
  codesPerMinute: 4,
  codeBlockSeconds: 600,
  throttleStatus: 400,
  throttleLanguage: 'en',
  legacyExpiry: false,
  acceptBearer: false,
  apiHosts: [],
}
