import type { Field } from '#sdk'

/** Most characters that a varchar may declare. */
const LONGEST = 10_485_760

/** The type of a new table's column. */
export function columnType({ type, maxLength, maxDigits, maxScale, values }: Field): string {
  switch (type) {
    case 'integer':
      return (maxDigits ?? 0) > 18 ? `numeric(${maxDigits}, 0)` : 'bigint'
    case 'decimal':
      return maxDigits === undefined
        ? 'numeric'
        : `numeric(${Math.max(1, maxDigits + (maxScale ?? 10))}, ${maxScale ?? 10})`
    case 'boolean':
      return 'boolean'
    case 'date':
      return 'date'
    case 'datetime':
      return 'timestamptz'
    case 'json':
    case 'multipicklist':
      return 'jsonb'
    default: {
      if (maxLength === undefined || maxLength > LONGEST) return 'text'
      const longest = Math.max(maxLength, ...(values ?? []).map((value) => value.length))
      return `varchar(${longest})`
    }
  }
}
