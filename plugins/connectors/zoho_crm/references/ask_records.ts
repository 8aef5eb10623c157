import type { Context, Field, Value } from '#sdk'
import { comparedText, comparison } from '../lookup/comparable.js'
import type { Row } from '../read/rows_reply.js'
import { runQuery } from '../read/run_query.js'

export const MOST_VALUES = 50
/** As many rows as one credit buys. */
const ROWS = 200

type Answers = Map<string, string[]>

function note(answers: Answers, field: Field, rows: Row[]) {
  for (const row of rows) {
    const key = comparison(field, row[field.name])
    if (key === null) continue
    const ids = answers.get(key)
    if (ids) ids.push(row.id)
    else answers.set(key, [row.id])
  }
}

/** Many records with few values: each half is asked for alone, so that no value goes short. */
async function askFor(
  ctx: Context,
  module: string,
  field: Field,
  values: Value[],
  answers: Answers
): Promise<void> {
  const list = values.map((value) => comparedText(field, value)).join(', ')
  const query = `select id, ${field.name} from ${module} where ${field.name} in (${list}) order by id asc`
  const { data = [], info } = await runQuery(ctx, query, ROWS)
  if (!info?.more_records || values.length === 1) {
    note(answers, field, data)
    return
  }
  const middle = values.length >> 1
  await askFor(ctx, module, field, values.slice(0, middle), answers)
  await askFor(ctx, module, field, values.slice(middle), answers)
}

/** The ids of all records of a module that hold one of the values, by value. */
export async function askRecords(
  ctx: Context,
  module: string,
  field: Field,
  values: Value[]
): Promise<Answers> {
  const answers: Answers = new Map()
  for (let from = 0; from < values.length; from += MOST_VALUES) {
    await askFor(ctx, module, field, values.slice(from, from + MOST_VALUES), answers)
  }
  return answers
}
