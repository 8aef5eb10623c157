import type { Field, FieldType } from '#sdk'

/** Letters of an indexed column: an index takes 3,072 bytes, and a letter is up to 4. */
const MOST_INDEXED = 768
const INDEXED = 191
/** Bytes of a row that stand in it, of the 65,535 that it may have. */
const MOST_IN_ROW = 40_000

const LENGTHS: { [type in FieldType]?: number } = { email: 320, phone: 100, lookup: 100 }

/** The types of a new table's columns. Texts that would make its rows too long are kept beside them. */
export class ColumnTypes {
  #inRow = 0

  of(field: Field, isKey: boolean, isIndexed: boolean): string {
    const type = this.#type(field, isIndexed)
    // Keys are told apart letter by letter: "a" and "A" are two.
    return isKey && type.startsWith('VARCHAR') ? `${type} COLLATE utf8mb4_bin` : type
  }

  #type(field: Field, isIndexed: boolean): string {
    switch (field.type) {
      case 'integer':
        return (field.maxDigits ?? 0) > 18
          ? `DECIMAL(${Math.min(65, field.maxDigits ?? 65)},0)`
          : 'BIGINT'
      case 'decimal':
        return decimalType(field)
      case 'boolean':
        return 'TINYINT(1)'
      case 'date':
        return 'DATE'
      case 'datetime':
        return 'DATETIME(6)'
      case 'json':
      case 'multipicklist':
        return isIndexed ? this.#text(field, true) : 'JSON'
      default:
        return this.#text(field, isIndexed)
    }
  }

  #text({ type, maxLength, values }: Field, isIndexed: boolean): string {
    const longest = Math.max(0, ...(values ?? []).map((value) => value.length))
    const known = maxLength ?? LENGTHS[type] ?? (type === 'picklist' ? 255 : undefined)
    if (isIndexed) {
      return `VARCHAR(${Math.min(MOST_INDEXED, Math.max(known ?? INDEXED, longest))})`
    }
    const length = Math.max(known ?? Number.POSITIVE_INFINITY, longest)
    if (length <= 1000 && this.#inRow + length * 4 <= MOST_IN_ROW) {
      this.#inRow += length * 4
      return `VARCHAR(${length})`
    }
    return length > 16_000 && Number.isFinite(length) ? 'MEDIUMTEXT' : 'TEXT'
  }
}

function decimalType({ maxDigits, maxScale }: Field): string {
  if (maxDigits === undefined && maxScale === undefined) return 'DECIMAL(38,10)'
  const scale = Math.min(30, maxScale ?? 10)
  return `DECIMAL(${Math.max(1, Math.min(65, (maxDigits ?? 28) + scale))},${scale})`
}
