/** What a person allowed a client; an access token carries its own. */
export interface Grant {
  email: string
  clientId: string
  /** null: everything. */
  scopes: readonly string[] | null
}

export interface RefreshGrant extends Grant {
  refreshToken: string
  createdAt: number
}
