import type Connection from '#domain/connections/connection'
import { createStream } from '#domain/connections/create_stream'
import { describeStream } from '#domain/connections/stream_catalog'
import { Refusal } from '#domain/refusal'
import type { NewTable } from '#domain/services/new_table'
import { newStreamOf, rowsOfTable } from '#domain/services/propose_table'
import type { MappingRow, StreamDescription } from '#sdk'

interface Ends {
  source: Connection
  stream: string
  target: Connection
}

/** Makes the table that a person has looked over, and says how it would be filled. */
export async function makeTable(
  { source, stream, target }: Ends,
  table: NewTable,
  userId: string | null
): Promise<{ description: StreamDescription; rows: MappingRow[] }> {
  const from = await describeStream(source, stream)
  assertWhole(from, table)
  const description = await createStream(target, newStreamOf(from, table), { userId })
  return { description, rows: rowsOfTable(from, table) }
}

function assertWhole({ fields, title }: StreamDescription, { name, columns }: NewTable): void {
  if (name.trim() === '') throw new Refusal('The table needs a name.')
  if (columns.length === 0) throw new Refusal('Choose at least one column.')
  if (!columns.some(({ isKey }) => isKey)) {
    throw new Refusal('Choose the key: the column that tells one record from another.')
  }
  const nameless = columns.find((column) => column.name.trim() === '')
  if (nameless) throw new Refusal(`The column for ${nameless.from} needs a name.`)
  const lost = columns.find(({ from }) => !fields.some((field) => field.name === from))
  if (lost) throw new Refusal(`${title} has no field ${lost.from} any more. Look again.`)
}
