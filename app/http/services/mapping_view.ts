import type { MappingRow, Value } from '#sdk'

/** A line of the field table, in words. */
export type MappingLine = {
  to: string
  kind: 'field' | 'formula' | 'constant' | 'conditions' | 'none'
  text: string | null
  conditions: Array<{ if: string; then: string }>
  fallback: string | null
  as: string | null
  table: Array<{ from: string; to: string }>
}

function shown(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function viewMappingRow(row: MappingRow): MappingLine {
  return {
    to: row.to,
    ...sourceOf(row),
    conditions: (row.when ?? []).map(({ if: condition, value, formula, from }) => ({
      if: condition,
      then: formula ?? from ?? shown(value ?? null),
    })),
    fallback: row.default === undefined ? null : shown(row.default),
    as: row.as ? [row.as, row.timezone].filter(Boolean).join(', ') : (row.timezone ?? null),
    table: Object.entries(row.table ?? {}).map(([from, to]) => ({ from, to: shown(to) })),
  }
}

function sourceOf(row: MappingRow): Pick<MappingLine, 'kind' | 'text'> {
  if (row.from !== undefined) return { kind: 'field', text: row.from }
  if (row.formula !== undefined) return { kind: 'formula', text: row.formula }
  if (row.value !== undefined) return { kind: 'constant', text: shown(row.value) }
  if (row.when !== undefined) return { kind: 'conditions', text: null }
  return { kind: 'none', text: null }
}
