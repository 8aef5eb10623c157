import type { FieldDefinition } from '../metadata/field_definition.js'
import { isOpen } from '../metadata/field_kinds.js'
import type { ModuleDefinition } from '../metadata/module_definition.js'
import { KeyIndex } from './key_index.js'
import type { StoredRecord, StoredValues } from './stored_record.js'

/** A text area that takes more holds rich text. */
const LONGEST_PLAIN = 32_000

export interface Removal {
  id: string
  name: string | null
  at: number
  /** Who removed it, and who had made it; null for the org's first user. */
  by: string | null
  createdBy: string | null
}

export class ModuleTable {
  readonly fields: ReadonlyMap<string, FieldDefinition>
  readonly indexes: ReadonlyMap<string, KeyIndex>
  readonly uniqueIndexes: readonly KeyIndex[]
  /** Rows of subforms and linking modules by the record they hang on. */
  readonly links: ReadonlyMap<string, KeyIndex>
  readonly childFields: readonly FieldDefinition[]
  /** Lookups that lead to one of several modules, which a row names in `$se_module`. */
  readonly openLookups: readonly FieldDefinition[]
  /** Texts too long for a list. */
  readonly richFields: readonly string[]
  readonly byId = new Map<string, StoredRecord>()
  readonly removals: Removal[] = []
  /** Rises with every write, so that a sorted copy knows when it is stale. */
  version = 0
  #rows: StoredRecord[] = []
  #isStale = false
  /** A record that came back stands behind younger ones. */
  #isUnordered = false
  #kept: readonly KeyIndex[]
  /** Fields that Zoho numbers. */
  #counted: readonly string[]

  constructor(
    readonly module: ModuleDefinition,
    parents: readonly string[] = []
  ) {
    this.fields = new Map(module.fields.map((field) => [field.apiName, field]))
    const indexed = module.fields.filter(
      (field) => field.isUnique || field.apiName === module.duplicateField
    )
    const indexes = indexed.map(
      (field) => new KeyIndex(field.apiName, field.isUnique, field.isCaseSensitive)
    )
    this.indexes = new Map(indexes.map((index) => [index.field, index]))
    this.links = new Map(parents.map((name) => [name, new KeyIndex(name, false, true)]))
    this.#kept = [...indexes, ...this.links.values()]
    this.childFields = module.fields.filter(({ child }) => child !== null)
    this.openLookups = module.fields.filter(isOpen)
    this.richFields = module.fields
      .filter(({ dataType, length }) => dataType === 'textarea' && length > LONGEST_PLAIN)
      .map(({ apiName }) => apiName)
    this.#counted = module.fields
      .filter(({ dataType }) => dataType === 'autonumber')
      .map(({ apiName }) => apiName)
    this.uniqueIndexes = indexes.filter((index) => index.isUnique)
  }

  get size() {
    return this.byId.size
  }

  /** Living records, oldest id first. */
  rows() {
    if (this.#isStale) {
      this.#rows = [...this.byId.values()]
      if (this.#isUnordered) this.#rows.sort((a, b) => (a.id < b.id ? -1 : 1))
    }
    this.#isStale = false
    return this.#rows
  }

  /** Values with those that Zoho counts itself. */
  number(values: StoredValues): StoredValues {
    if (this.#counted.length === 0) return values
    const number = String(this.byId.size + this.removals.length + 1)
    return { ...values, ...Object.fromEntries(this.#counted.map((name) => [name, number])) }
  }

  add(record: StoredRecord) {
    const last = this.#rows.at(-1)
    if (last && last.id > record.id) this.#isUnordered = this.#isStale = true
    this.#rows.push(record)
    this.byId.set(record.id, record)
    for (const index of this.#kept) index.add(record, record.values[index.field])
    this.version += 1
  }

  change(record: StoredRecord, values: StoredValues) {
    for (const index of this.#kept) {
      const before = record.values[index.field]
      const after = values[index.field]
      if (before === after) continue
      index.remove(record, before)
      index.add(record, after)
    }
    record.values = values
    this.version += 1
  }

  remove(record: StoredRecord, at: number, by: string | null) {
    this.byId.delete(record.id)
    record.isDeleted = true
    this.#isStale = true
    for (const index of this.#kept) index.remove(record, record.values[index.field])
    const name = record.values[this.module.nameField]
    const { id, createdBy } = record
    this.removals.push({ id, name: name === null ? null : String(name), at, by, createdBy })
    this.version += 1
  }
}
