import { ref } from 'vue'
import { usePaths } from '../../composables/use_paths.js'
import type { BuilderField, BuilderRow, NewTable } from '../../types.js'
import { ask } from './ask.js'
import type { Builder } from './use_builder.js'

export interface ShownColumn {
  field: BuilderField
  name: string
  isKey: boolean
  isWanted: boolean
}

function shownOf({ columns }: NewTable, fields: BuilderField[]): ShownColumn[] {
  const known = new Map(fields.map((field) => [field.name, field]))
  return columns.flatMap(({ from, name, isKey }) => {
    const field = known.get(from)
    return field ? [{ field, name, isKey, isWanted: true }] : []
  })
}

function wantedTable(name: string, columns: ShownColumn[]): NewTable {
  const wanted = columns.filter(({ isWanted }) => isWanted)
  return {
    name,
    columns: wanted.map(({ field, name: column, isKey }) => ({
      ...{ from: field.name, name: column, isKey },
    })),
  }
}

/** A table for the source's records, in a target that has none for them yet. */
export function useNewTable({ definition, target }: Builder) {
  const paths = usePaths()
  const name = ref('')
  const columns = ref<ShownColumn[]>([])
  const isOpen = ref(false)
  const isBusy = ref(false)
  const message = ref<string | null>(null)
  const places = () => ({
    connection: definition.source.connection,
    stream: definition.source.stream,
    target: definition.target.connection,
  })

  async function open() {
    isBusy.value = true
    message.value = null
    const reply = await ask<{ table: NewTable; fields: BuilderField[] }>(
      'POST',
      paths.builder('table'),
      places()
    )
    isBusy.value = false
    if (!reply.ok) {
      message.value = reply.message
      return
    }
    name.value = reply.table.name
    columns.value = shownOf(reply.table, reply.fields)
    isOpen.value = true
  }

  async function make() {
    isBusy.value = true
    message.value = null
    const table = wantedTable(name.value, columns.value)
    const reply = await ask<{ name: string; key: string[]; rows: BuilderRow[] }>(
      'POST',
      paths.builder('tables'),
      { ...places(), table: JSON.stringify(table) }
    )
    isBusy.value = false
    if (reply.ok) await take(reply)
    else message.value = reply.message
  }

  /** A table that was just made has what it needs: rows of another target would not fit it. */
  async function take(made: { name: string; key: string[]; rows: BuilderRow[] }) {
    isOpen.value = false
    await target.list()
    definition.mapping = made.rows
    definition.target.match = { by: 'fields', fields: made.key }
    definition.target.stream = made.name
  }
  return { name, columns, isOpen, isBusy, message, open, make }
}
