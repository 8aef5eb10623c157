import type { Field, SearchMatch, StreamAccess } from '#sdk'
import type { SyncInput } from '#engine/sync_input'
import { makeInput, stream } from './make_input.js'
import type { MemoryLedger } from './memory_ledger.js'
import type { SearchedTarget } from './searched_target.js'

const FIELDS: Field[] = [
  { name: 'id', type: 'integer' },
  { name: 'mail', type: 'text' },
  { name: 'phone', type: 'text' },
  { name: 'name', type: 'text' },
]
const PEOPLE = stream('people', FIELDS)

const CONTACTS = stream('Contacts', [
  { name: 'id', type: 'text', readOnly: true },
  { name: 'Mail', type: 'text' },
  { name: 'Phone', type: 'phone' },
  { name: 'Name', type: 'text' },
  { name: 'Created', type: 'datetime', readOnly: true },
])

export interface SearchParts {
  source: StreamAccess
  target: SearchedTarget
  ledger: Pick<MemoryLedger, 'lease'>
  match?: Partial<SearchMatch>
  byJob?: boolean
  random?: () => number
}

/** A service that finds contacts by mail, or else by phone. */
export function searchInput(parts: SearchParts): SyncInput {
  const { source, target, ledger, random } = parts
  const routes = parts.byJob ? [target.job()] : [target.call('insert'), target.call('update')]
  const input = makeInput({ source, routes, ledger: ledger.lease(), random })
  const match: SearchMatch = { by: 'search', any: [['Mail'], ['Phone']], ...parts.match }
  return {
    ...input,
    source: { ...input.source, stream: PEOPLE },
    target: { ...input.target, stream: CONTACTS, access: target.access },
    definition: {
      ...input.definition,
      source: { connection: 'shop', stream: 'people' },
      target: { connection: 'crm', stream: 'Contacts', operation: 'upsert', match },
      mapping: [
        { to: 'Mail', from: 'mail' },
        { to: 'Phone', from: 'phone' },
        { to: 'Name', from: 'name' },
      ],
    },
  }
}
