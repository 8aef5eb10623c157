import type { Compose, ComposedBatch, Context, RecordValues } from '#sdk'
import { filledStream } from '../write/filled_stream.js'
import { tellCutTimes } from '../write/tell_cut_times.js'
import { writeSettings } from '../write/write_settings.js'
import { hasFields } from './choose_shape.js'
import type { Column } from './column.js'
import { upsertBy } from './find_by.js'
import { orderColumns } from './order_columns.js'
import { type BulkFile, columnsOf, MOST_COLUMNS } from './plan_file.js'
import { quoted } from './quoted.js'

type PlainFile = Pick<BulkFile, 'columns' | 'keyColumns' | 'findBy' | 'ignoreEmpty'>

/** Fields whose cells are known only with other records, or with what Zoho holds. */
const TIED = ['lookup', 'json']

/**
 * The file of an upsert whose lines need nothing but their records; else null, since references,
 * layouts and further unique fields take a look at all records of the job.
 */
export function plainFile(
  ctx: Context,
  batch: ComposedBatch
): (PlainFile & { names: string[] }) | null {
  const { operation, match, fields } = batch
  const { layout, keepsEmpty } = writeSettings(ctx, batch)
  if (operation !== 'upsert' || match.by === 'id' || layout !== null || !fields) return null
  const stream = filledStream(batch)
  const isTied = stream.fields.some(
    ({ name, type, unique, rows }) =>
      TIED.includes(type) || rows !== undefined || (unique === true && !match.fields.includes(name))
  )
  const by = upsertBy(match)
  if (isTied || match.fields.length > 1 || !fields.includes(by)) return null
  const columns = columnsOf(batch, fields)
  if (columns.length > MOST_COLUMNS || columns.length < fields.length) return null
  const ordered = orderColumns(columns, match, { by, record: () => ({}), rows: [] })
  return { ...ordered, names: fields, findBy: by, ignoreEmpty: keepsEmpty }
}

function lineOf(columns: Column[], record: RecordValues): string {
  let line = ''
  let comma = ''
  for (const { name, text } of columns) {
    line += comma + quoted(text(record[name]))
    comma = ','
  }
  return `${line}\n`
}

/** Lines of a bulk file, one by one, as `writeCsv` writes them when all records have the mapped fields. */
export function composeLines(ctx: Context, batch: ComposedBatch): Compose | null {
  const file = plainFile(ctx, batch)
  if (file === null) return null
  const { columns, names } = file
  const stream = filledStream(batch)
  const hasTimes = stream.fields.some(({ type }) => type === 'datetime')
  return (record) => {
    if (!hasFields(record, names)) return null
    if (hasTimes) tellCutTimes(ctx, stream, [record])
    return lineOf(columns, record)
  }
}
