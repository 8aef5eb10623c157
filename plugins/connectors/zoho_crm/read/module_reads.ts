import type { StreamDescription } from '#sdk'

const NO_BULK_READ = ['Notes', 'Attachments', 'Emails', 'Users']
const NO_QUERY = ['Attachments', 'Emails']

export function canBulkRead(stream: StreamDescription) {
  return !NO_BULK_READ.includes(stream.name)
}

export function canQuery(stream: StreamDescription) {
  return !NO_QUERY.includes(stream.name)
}
