import type { Context, StreamDescription, Value } from '#sdk'
import { listUsers } from '../references/list_users.js'
import { joinsOf } from './join_of.js'

/** Names and mails by user id. */
export type People = Map<string, { name: Value; email: Value }>

/** What it costs to know them: an org has seldom more than a page of users. */
export function peopleCredits(stream: StreamDescription, names: string[]) {
  return joinsOf(stream, names).some(({ kind }) => kind === 'person') ? 1 : 0
}

/** Those whom the fields of a read may name; queries and jobs show ids alone. */
export async function fetchPeople(
  ctx: Context,
  stream: StreamDescription,
  names: string[]
): Promise<People> {
  if (peopleCredits(stream, names) === 0) return new Map()
  const users = await listUsers(ctx, 'AllUsers')
  return new Map(
    users.map(({ id, full_name: name, email }) => [
      String(id),
      { name: name ?? null, email: email ?? null },
    ])
  )
}
