import { recordInPath } from '../records/find_record.js'
import { checkRecord, valueRules } from '../records/check_record.js'
import { RowFault } from '../records/row_reply.js'
import { readRows, writeContext } from '../records/write_rows.js'
import { ApiFault } from '../server/api_fault.js'
import { isObject, type Call, type Reply } from '../server/call.js'
import type { StoredRecord, StoredValue, StoredValues } from '../store/stored_record.js'
import { CONVERTED, isConverted } from './is_converted.js'

type Given = Record<string, unknown>

const PERSON = ['First_Name', 'Last_Name', 'Email', 'Phone', 'Mobile', 'Lead_Source', 'Description']

function demandLead(call: Call): StoredRecord {
  const lead = recordInPath(call)
  const details = { resource_path_index: 1 }
  if (!lead) throw new ApiFault(400, 'INVALID_DATA', 'the id given seems to be invalid', details)
  if (!isConverted(lead)) return lead
  throw new ApiFault(400, 'ID_ALREADY_CONVERTED', 'id already converted', details)
}

function tableOf({ org }: Call, module: string) {
  const table = org.store.tables.get(module)
  if (table) return table
  throw new Error(`The org has no module ${module}`)
}

/** The record that was named, or a new one of these values. */
function become(call: Call, module: string, given: unknown, values: Record<string, StoredValue>) {
  const table = tableOf(call, module)
  if (!isObject(given) || given.id === undefined) {
    return call.org.store.insert(table, values, writeContext(call))
  }
  const known = table.byId.get(String(given.id))
  if (known) return known
  const details = { api_name: 'id', json_path: `$.data[0].${module}.id` }
  throw new ApiFault(400, 'INVALID_DATA', 'invalid data', details)
}

/** Checked before anything is written. */
function dealValues(call: Call, given: unknown): StoredValues | null {
  if (!isObject(given)) return null
  const table = tableOf(call, 'Deals')
  const row = { table, path: '$.data[0].Deals', rules: valueRules(call.org), isWhole: true }
  const values = checkRecord(given, row)
  if (!(values instanceof RowFault)) return values
  const { code, message, details } = values.reply
  throw new ApiFault(400, code, message, details)
}

const shown = (record: StoredRecord | null, name: string) =>
  record && { name: record.values[name] ?? null, id: record.id }

/** A lead becomes a contact, an account where it names a company, and a deal where one is given. */
export function convertLead(call: Call): Reply {
  const lead = demandLead(call)
  const [sent] = readRows(call)
  const given: Given = isObject(sent) ? sent : {}
  const { Company: company, ...values } = lead.values
  const planned = dealValues(call, given.Deals)
  const hasAccount = isObject(given.Accounts) || typeof company === 'string'
  const account = hasAccount
    ? become(call, 'Accounts', given.Accounts, { Account_Name: company ?? null })
    : null
  const person = Object.fromEntries(
    PERSON.flatMap((name) => (values[name] ? [[name, values[name]]] : []))
  )
  const link: Record<string, StoredValue> = account ? { Account_Name: account.id } : {}
  const contact = become(call, 'Contacts', given.Contacts, { ...person, ...link })
  const links = { ...link, Contact_Name: contact.id }
  const deal = planned && become(call, 'Deals', null, { ...planned, ...links })
  call.org.store.update(call.table(), lead, { [CONVERTED]: true }, writeContext(call))
  const details = {
    Contacts: shown(contact, 'Last_Name'),
    Accounts: shown(account, 'Account_Name'),
    Deals: shown(deal, 'Deal_Name'),
  }
  const message = 'The record has been converted successfully'
  return { status: 200, body: { data: [{ code: 'SUCCESS', details, message, status: 'success' }] } }
}
