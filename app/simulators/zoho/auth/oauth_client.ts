/** An application as it stands in Zoho's API console. */
export interface OAuthClient {
  clientId: string
  clientSecret: string
  /** With none, any address of this machine will do. */
  redirectUris: readonly string[]
}
