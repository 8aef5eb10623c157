import type { Context, Field, StreamDescription, Value } from '#sdk'
import { coqlText } from '../read/coql_text.js'
import type { Row } from '../read/rows_reply.js'
import { runQuery } from '../read/run_query.js'

interface Asked {
  stream: StreamDescription
  by: Field
  columns: string[]
  /** Rows that one query answers. */
  rows: number
}

/**
 * All records whose `by` holds one of the values. Many records with few values: each half is
 * asked for alone, and what one value has is read on from the last id.
 */
export async function askRows(
  ctx: Context,
  asked: Asked,
  values: Value[],
  after: string | null = null
): Promise<Row[]> {
  const { stream, by, columns, rows } = asked
  const names = [...new Set(['id', by.name, ...columns])].join(', ')
  const isOneOf = `${by.name} in (${values.map(coqlText).join(', ')})`
  const where = after === null ? isOneOf : `(${isOneOf} and id > ${coqlText(after)})`
  const query = `select ${names} from ${stream.name} where ${where} order by id asc`
  const { data = [], info } = await runQuery(ctx, query, rows)
  if (!info?.more_records) return data
  if (values.length > 1) {
    const middle = values.length >> 1
    const first = await askRows(ctx, asked, values.slice(0, middle))
    return first.concat(await askRows(ctx, asked, values.slice(middle)))
  }
  return data.concat(await askRows(ctx, asked, values, data[data.length - 1].id))
}
