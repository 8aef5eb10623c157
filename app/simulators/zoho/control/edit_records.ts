import { checkRecord, findClash, valueRules } from '../records/check_record.js'
import { planChildren, removeRecord, writeChildren } from '../records/child_rows.js'
import { RowFault, type RowReply } from '../records/row_reply.js'
import { isObject } from '../server/call.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import type { WriteContext } from '../store/record_store.js'
import type { StoredRecord } from '../store/stored_record.js'

/** What a user of Zoho's own pages does, beside all APIs. */
export interface UserEdit {
  module?: string
  operation?: string
  records?: unknown
  /** Id or address; the org's second user, else its first, when not said. */
  user?: string
}

/** What else a user does to a record, and how it stands then. */
const holds: Record<string, StoredRecord['hold']> = {
  lock: 'locked',
  unlock: null,
  submit: 'waiting',
  approve: null,
}

type Work = (input: Record<string, unknown>, path: string) => RowReply

const done = (id: string, message: string): RowReply => ({
  code: 'SUCCESS',
  details: { id },
  message,
  status: 'success',
})

function works(org: SimulatedOrg, table: ModuleTable, context: WriteContext): Record<string, Work> {
  const rules = valueRules(org)
  const find = (input: Record<string, unknown>) => table.byId.get(String(input.id))
  const unknown = (path: string) =>
    new RowFault('INVALID_DATA', { api_name: 'id', json_path: `${path}.id` }).reply
  const held = Object.entries(holds).map(([name, hold]): [string, Work] => [
    name,
    (input, path) => {
      const record = find(input)
      if (!record) return unknown(path)
      record.hold = hold
      return done(record.id, `record: ${name}`)
    },
  ])
  return {
    ...Object.fromEntries(held),
    create(input, path) {
      const row = { table, path, rules, isWhole: true, author: context.by }
      const values = checkRecord(input, row)
      if (values instanceof RowFault) return values.reply
      const fault = findClash(org, row, values)
      if (fault) return fault.reply
      const children = planChildren(org, input, row)
      if (children instanceof RowFault) return children.reply
      const { id } = org.store.insert(table, values, context)
      writeChildren(org, children, id, context)
      return done(id, 'record added')
    },
    edit(input, path) {
      const record = find(input)
      if (!record) return unknown(path)
      const row = { table, path, rules, isWhole: false }
      const values = checkRecord(input, row)
      if (values instanceof RowFault) return values.reply
      const fault = findClash(org, row, values, record)
      if (fault) return fault.reply
      const children = planChildren(org, input, row, record)
      if (children instanceof RowFault) return children.reply
      org.store.update(table, record, values, context)
      writeChildren(org, children, record.id, context)
      return done(record.id, 'record updated')
    },
    delete(input, path) {
      const record = find(input)
      if (!record) return unknown(path)
      removeRecord(org, table, record, context)
      return done(record.id, 'record deleted')
    },
  }
}

export function editRecords(org: SimulatedOrg, { module, operation, records, user }: UserEdit) {
  const table = org.store.tables.get(module ?? '')
  if (!table) throw new Error(`Unknown module "${module}"`)
  const member = user === undefined ? (org.members[1] ?? org.members[0]) : org.member(user)
  if (!member) throw new Error(`Unknown user "${user}"`)
  const context: WriteContext = {
    at: org.clock.now(),
    via: 'user',
    trigger: null,
    match: null,
    searchLagMs: 0,
    by: member.user.id,
  }
  const work = works(org, table, context)[operation ?? '']
  if (!work)
    throw new Error('"operation" must be create, edit, delete, lock, unlock, submit or approve')
  if (!Array.isArray(records)) throw new Error('"records" must be a list')
  const data = records.map((record: unknown, position) => {
    if (!isObject(record)) throw new Error('Each of "records" must be an object')
    return work(record, `$.records[${position}]`)
  })
  org.truth?.flush()
  return { data }
}
