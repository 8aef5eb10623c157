import { ConnectorError, type Context, type Field, type Value } from '#sdk'
import { comparison, isQueryable } from '../lookup/comparable.js'
import { askRecords, MOST_VALUES } from './ask_records.js'
import { Directory } from './directory.js'
import { listUsers } from './list_users.js'
import { runMemo } from './run_memo.js'
import { targetFields } from './target_fields.js'

const remember = runMemo<Directory>()

function unusable(module: string, by: string, reason: string) {
  return new ConnectorError(
    'config',
    `Records of ${module} cannot be found by ${by}: ${reason} Name a field of one line, a number or a date in the mapping.`
  )
}

async function openUsers(ctx: Context, by: string): Promise<Directory> {
  const field: Field = { name: by, type: 'text' }
  const users = await listUsers(ctx)
  if (!users.some((user) => by in user)) throw unusable('users', by, 'users have no such field.')
  const ids = new Map<string, string[]>()
  for (const user of users) {
    const key = comparison(field, user[by])
    if (key !== null) ids.set(key, [...(ids.get(key) ?? []), String(user.id)])
  }
  return new Directory(field, async () => ids, true)
}

/**
 * The directory of a module by one of its fields, one for the whole run.
 * @param writing the module that is written meanwhile
 */
export function openDirectory(
  ctx: Context,
  module: string,
  by: string,
  writing: string
): Promise<Directory> {
  return remember(ctx, `${module} ${by}`, async () => {
    if (module === 'users') return openUsers(ctx, by)
    const fields = await targetFields(ctx, module)
    const known = fields.get(by)
    if (!known) throw unusable(module, by, 'it has no such field.')
    const { field } = known
    if (!isQueryable(field)) throw unusable(module, by, 'Zoho does not compare such fields.')
    const ask = (values: Value[]) => askRecords(ctx, module, field, values)
    return new Directory(field, ask, module !== writing, MOST_VALUES)
  })
}
