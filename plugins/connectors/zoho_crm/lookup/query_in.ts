import type { Context, Field, StreamDescription, Value } from '#sdk'
import { inPortions } from '../read/field_sets.js'
import type { Row } from '../read/rows_reply.js'
import { runQuery } from '../read/run_query.js'
import { comparedText } from './comparable.js'

export const MOST_VALUES = 50

export interface InAnswer {
  rows: Row[]
  /** False when Zoho had more rows than it sent. */
  isWhole: boolean
}

/** All records whose `by` has one of the values, asked for in portions that COQL takes. */
export async function queryIn(
  ctx: Context,
  stream: StreamDescription,
  by: Field,
  values: Value[],
  columns: string[],
  limit: number
): Promise<InAnswer> {
  const answer: InAnswer = { rows: [], isWhole: true }
  const portions = inPortions([...new Set(['id', by.name])], columns)
  const distinct = [...new Set(values)]
  for (let from = 0; from < distinct.length; from += MOST_VALUES) {
    const list = distinct
      .slice(from, from + MOST_VALUES)
      .map((value) => comparedText(by, value))
      .join(', ')
    const found = new Map<string, Row>()
    for (const names of portions) {
      const query = `select ${names.join(', ')} from ${stream.name} where ${by.name} in (${list}) order by id asc`
      const { data = [], info } = await runQuery(ctx, query, limit)
      for (const row of data) found.set(row.id, { ...found.get(row.id), ...row })
      if (info?.more_records) answer.isWhole = false
    }
    answer.rows.push(...found.values())
  }
  return answer
}
