import { anyModule } from '../metadata/any_module.js'
import { isOpen } from '../metadata/field_kinds.js'
import type { ModuleDefinition } from '../metadata/module_definition.js'
import { orgModules } from '../metadata/org_modules.js'
import type { IdSource } from './id_source.js'
import { Ledger, type LedgerEntry } from './ledger.js'
import { ModuleTable } from './module_table.js'
import { StoredRecord, type StoredValues } from './stored_record.js'
import type { TruthFile } from './truth_file.js'
import type { WriteListener } from './write_listener.js'

/** What a write carries besides its values. */
export interface WriteContext {
  at: number
  via: LedgerEntry['via']
  trigger: LedgerEntry['trigger']
  match: LedgerEntry['match']
  searchLagMs: number
  /** Who writes, when it is not the org's first user. */
  by?: string
}

/** Lookups to the records on which the module's rows hang. */
function parentsOf({ apiName, fields: own }: ModuleDefinition) {
  const loose = own.filter((field) => field.target === anyModule && !isOpen(field))
  if (loose.length > 0) return loose.map((field) => field.apiName)
  const children = orgModules.flatMap(({ fields }) => fields.flatMap(({ child }) => child ?? []))
  return children.filter(({ module }) => module === apiName).map(({ parent }) => parent)
}

export class RecordStore {
  readonly ledger = new Ledger()
  readonly tables: ReadonlyMap<string, ModuleTable>
  listener: WriteListener | null = null

  constructor(
    readonly ids: IdSource,
    readonly truth: TruthFile | null
  ) {
    const usable = orgModules.filter((module) => module.isApiSupported)
    this.tables = new Map(
      usable.map((module) => [module.apiName, new ModuleTable(module, parentsOf(module))])
    )
  }

  /** The table that holds what a lookup names. */
  findTarget(target: string | null, id: string) {
    if (target !== anyModule) {
      const table = this.tables.get(target ?? '')
      return table?.byId.has(id) ? table : undefined
    }
    return [...this.tables.values()].find(({ byId }) => byId.has(id))
  }

  insert(table: ModuleTable, values: StoredValues, context: WriteContext) {
    const { at, searchLagMs } = context
    const numbered = table.number(values)
    const record = new StoredRecord(this.ids.next(), numbered, at, at, at + searchLagMs)
    record.createdBy = record.modifiedBy = context.by ?? null
    table.add(record)
    this.#log(table, record, 'insert', true, context, null)
    return record
  }

  update(table: ModuleTable, record: StoredRecord, patch: StoredValues, context: WriteContext) {
    const changed = Object.keys(patch).some(
      (name) => !isSame(record.values[name] ?? null, patch[name])
    )
    const before = record.values
    if (changed) table.change(record, { ...record.values, ...patch })
    if (context.searchLagMs > 0) {
      if (record.searchableAt <= context.at) record.indexed = before
      record.searchableAt = context.at + context.searchLagMs
    }
    record.modifiedAt = context.at
    record.modifiedBy = context.by ?? null
    table.version += 1
    this.#log(table, record, 'update', changed, context, before)
    return changed
  }

  /** A removed record comes back under its own id. */
  restore(table: ModuleTable, record: StoredRecord, context: WriteContext) {
    table.add(record)
    this.#log(table, record, 'insert', true, context, null)
  }

  /** Like an update, but what the values leave out is gone. */
  replace(table: ModuleTable, record: StoredRecord, values: StoredValues, context: WriteContext) {
    const before = record.values
    table.change(record, values)
    record.modifiedAt = context.at
    this.#log(table, record, 'update', true, context, before)
  }

  remove(table: ModuleTable, record: StoredRecord, context: WriteContext) {
    table.remove(record, context.at, context.by ?? null)
    this.#log(table, record, 'delete', true, context, record.values)
  }

  #log(
    table: ModuleTable,
    { id, values }: StoredRecord,
    action: LedgerEntry['action'],
    changed: boolean,
    { at, via, trigger, match, by }: WriteContext,
    before: StoredValues | null
  ) {
    const module = table.module.apiName
    const entry = { at, module, id, action, via, match, trigger, changed, by: by ?? null, values }
    const numbered = this.ledger.append(entry)
    this.truth?.append(numbered)
    this.listener?.wrote(numbered, before)
  }

  replay(entry: LedgerEntry) {
    const table = this.tables.get(entry.module)
    if (!table) throw new Error(`The truth file names an unknown module "${entry.module}"`)
    if (!this.ids.isOurs(entry.id)) throw new Error('The truth file was made with another seed')
    const { at, id, values, action, by = null } = entry
    const record = table.byId.get(id)
    if (action === 'insert') {
      const added = new StoredRecord(id, values, at, at, at)
      added.createdBy = added.modifiedBy = by
      table.add(added)
    } else if (!record) throw new Error(`The truth file names an unknown record ${id}`)
    else if (action === 'delete') table.remove(record, at, by)
    else {
      table.change(record, values)
      record.modifiedAt = at
      record.modifiedBy = by
    }
    this.ids.sawId(id)
    this.ledger.append(entry)
  }
}

function isSame(before: unknown, after: unknown) {
  if (!Array.isArray(before) || !Array.isArray(after)) return before === after
  return before.length === after.length && before.every((item, at) => item === after[at])
}
