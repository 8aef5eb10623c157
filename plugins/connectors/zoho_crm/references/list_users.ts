import type { Context, RecordValues } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { runMemo } from './run_memo.js'

interface UsersReply {
  users?: RecordValues[]
  info?: { more_records?: boolean }
}

const PER_PAGE = 200
const remember = runMemo<RecordValues[]>()

/** Those who may own records, or all who ever did. */
export function listUsers(
  ctx: Context,
  type: 'ActiveUsers' | 'AllUsers' = 'ActiveUsers'
): Promise<RecordValues[]> {
  return remember(ctx, type, async () => {
    const users: RecordValues[] = []
    for (let page = 1; ; page++) {
      const url = apiUrl(ctx, `/users?type=${type}&page=${page}&per_page=${PER_PAGE}`)
      const request = { method: 'GET' as const, url, credits: 1 }
      const { body } = await call<UsersReply>(ctx, request, 'read')
      users.push(...(body?.users ?? []))
      if (!body?.info?.more_records) return users
    }
  })
}
