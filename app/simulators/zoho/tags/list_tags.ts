import { findModule } from '../metadata/find_module.js'
import type { Call, Reply } from '../server/call.js'
import { tagId, tagsOf } from './tags_of.js'

/** The tags that records of a module carry. */
export function listTags(call: Call): Reply {
  const { apiName } = findModule(call.query.get('module')).module
  const rows = call.org.store.tables.get(apiName)?.rows() ?? []
  const names = [...new Set(rows.flatMap(tagsOf))].sort()
  if (names.length === 0) return { status: 204 }
  const tags = names.map((name) => ({ name, id: tagId(call.org, apiName, name), color_code: null }))
  const info = { count: tags.length, allowed_count: 200 }
  return { status: 200, body: { tags, info } }
}
