import type { Operation, StreamDescription } from '#sdk'

const NO_UPSERT = ['Tasks', 'Events', 'Calls']

const NO_BULK_WRITE = [
  'Calls',
  'Events',
  'Invoices',
  'Notes',
  'Attachments',
  'Purchase_Orders',
  'Quotes',
  'Sales_Orders',
  'Activities',
  'Appointments__s',
  'Services__s',
  'Users',
]

export function canUpsert(stream: StreamDescription) {
  return !NO_UPSERT.includes(stream.name)
}

/** Zoho takes bulk files for its sales modules and for custom ones, not for the inventory's. */
export function bulkOperations(stream: StreamDescription): Operation[] {
  if (NO_BULK_WRITE.includes(stream.name)) return []
  return canUpsert(stream) ? ['insert', 'update', 'upsert'] : ['insert', 'update']
}
