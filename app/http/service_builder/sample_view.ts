import type { RecordValues, StreamDescription } from '#sdk'
import { tableKey } from '#workers/table_key'

export type FieldSample = {
  name: string
  /** Of the first records, some values that differ. */
  shown: string[]
  /** All that differ in the sample, the most frequent first; nothing where there are too many. */
  values: Array<{ value: string; count: number }>
}

const SHOWN = 3
const LONGEST = 60
const MOST_VALUES = 50

export function viewSample(records: RecordValues[], { fields }: StreamDescription): FieldSample[] {
  return fields.map(({ name }) => {
    const counts = new Map<string, number>()
    for (const record of records) {
      const text = tableKey(record[name] ?? null)
      if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    const values = [...counts].map(([value, count]) => ({ value, count }))
    return {
      name,
      shown: values.slice(0, SHOWN).map(({ value }) => cut(value)),
      values:
        values.length > MOST_VALUES
          ? []
          : values.sort((a, b) => b.count - a.count || a.value.localeCompare(b.value)),
    }
  })
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
