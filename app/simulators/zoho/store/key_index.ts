import type { StoredRecord } from './stored_record.js'

/** Records by the value of one field; several may share a value unless the field is unique. */
export class KeyIndex {
  #records = new Map<string, StoredRecord | StoredRecord[]>()

  constructor(
    readonly field: string,
    readonly isUnique: boolean,
    readonly isCaseSensitive: boolean
  ) {}

  #key(value: unknown) {
    const text = String(value)
    return this.isCaseSensitive ? text : text.toLowerCase()
  }

  /** The oldest record that holds the value. */
  find(value: unknown) {
    if (value === undefined || value === null) return undefined
    const held = this.#records.get(this.#key(value))
    return Array.isArray(held) ? held[0] : held
  }

  findAll(value: unknown) {
    const held = this.#records.get(this.#key(value))
    if (held === undefined) return []
    return Array.isArray(held) ? held : [held]
  }

  add(record: StoredRecord, value: unknown) {
    if (value === undefined || value === null) return
    const key = this.#key(value)
    const held = this.#records.get(key)
    if (held === undefined) this.#records.set(key, record)
    else if (Array.isArray(held)) held.push(record)
    else this.#records.set(key, [held, record])
  }

  remove(record: StoredRecord, value: unknown) {
    if (value === undefined || value === null) return
    const key = this.#key(value)
    const held = this.#records.get(key)
    if (!Array.isArray(held)) this.#records.delete(key)
    else if (held.length > 2) held.splice(held.indexOf(record), 1)
    else this.#records.set(key, held[0] === record ? held[1] : held[0])
  }
}
