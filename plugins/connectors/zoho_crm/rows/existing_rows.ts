import type { Context, Field, RecordValues } from '#sdk'
import { coqlText } from '../read/coql_text.js'
import type { Row } from '../read/rows_reply.js'
import { runQuery } from '../read/run_query.js'
import { targetFields } from '../references/target_fields.js'

const MOST_PARENTS = 50
const ROWS = 2000

const idIn = (value: RecordValues[string] | undefined) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? String(value.id) : value

/** The lookup of the rows to the record that they hang on. */
async function parentField(ctx: Context, stream: string, { rows = '', through }: Field) {
  const fields = await targetFields(ctx, rows)
  if (fields.has('Parent_Id') && through === undefined) return 'Parent_Id'
  const found = [...fields.values()].find(
    ({ field }) => field.lookup === stream && field.name !== through
  )
  return found?.field.name ?? 'Parent_Id'
}

/** The rows that hang on records in Zoho, by the id of the record. */
export async function existingRows(
  ctx: Context,
  stream: string,
  field: Field,
  ids: string[]
): Promise<Map<string, RecordValues[]>> {
  const parent = await parentField(ctx, stream, field)
  const columns = ['id', parent, ...(field.through ? [field.through] : [])].join(', ')
  const found = new Map<string, RecordValues[]>()
  for (let from = 0; from < ids.length; from += MOST_PARENTS) {
    const list = ids.slice(from, from + MOST_PARENTS).map(coqlText)
    const where = `${parent} in (${list.join(', ')})`
    for (let last: string | null = null; ;) {
      const after = last === null ? where : `(${where} and id > ${coqlText(last)})`
      const query = `select ${columns} from ${field.rows} where ${after} order by id asc`
      const { data = [], info } = await runQuery(ctx, query, list.length === 1 ? 200 : ROWS)
      note(found, data, parent)
      last = data.at(-1)?.id ?? null
      if (!info?.more_records || last === null) break
    }
  }
  return found
}

function note(found: Map<string, RecordValues[]>, rows: Row[], parent: string) {
  for (const row of rows) {
    const id = String(idIn(row[parent]))
    const list = found.get(id)
    if (list) list.push(row)
    else found.set(id, [row])
  }
}
