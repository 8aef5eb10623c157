import type { Context } from '#sdk'
import { ConnectorError } from '#sdk'
import { apiUrl } from './api/address.js'
import { call } from './api/call.js'

interface User {
  zuid?: string
  full_name?: string
  email?: string
}

/** Whose authorisation this is; undefined where its scopes do not let us ask. */
export async function fetchUser(ctx: Context): Promise<{ id: string; name: string } | undefined> {
  const url = apiUrl(ctx, '/users?type=CurrentUser')
  try {
    const reply = await call<{ users?: User[] }>(ctx, { method: 'GET', url, credits: 1 }, 'read')
    const user = reply.body?.users?.[0]
    if (!user?.zuid) return undefined
    return { id: user.zuid, name: user.full_name ?? user.email ?? user.zuid }
  } catch (error) {
    if (error instanceof ConnectorError && ['auth', 'config'].includes(error.kind)) return undefined
    throw error
  }
}
