import type { Match, Operation, RecordValues, StreamDescription, WriteBatch } from '#sdk'

export const byRef: Match = { by: 'fields', fields: ['Order_Ref'] }

export const dealStream: StreamDescription = {
  name: 'Deals',
  title: 'Deals',
  key: ['id'],
  readable: true,
  writable: true,
  cursors: ['Modified_Time', 'Created_Time'],
  pushdown: [],
  fields: [
    { name: 'id', type: 'text', unique: true, readOnly: true },
    { name: 'Deal_Name', type: 'text', maxLength: 120, mandatory: true },
    { name: 'Stage', type: 'picklist', mandatory: true },
    { name: 'Order_Ref', type: 'text', maxLength: 50, unique: true },
    { name: 'Amount', type: 'decimal', asNumber: true, maxDigits: 16, maxScale: 9 },
    { name: 'Closing_Date', type: 'date' },
    { name: 'Ordered_At', type: 'datetime' },
    { name: 'Account_Name', type: 'lookup', lookup: 'Accounts' },
    { name: 'Is_Gift', type: 'boolean' },
    { name: 'Shipping_City', type: 'text', maxLength: 80 },
    { name: 'Description', type: 'text', maxLength: 32000 },
    { name: 'Tags', type: 'multipicklist' },
    { name: 'Modified_Time', type: 'datetime', readOnly: true },
    { name: 'Created_Time', type: 'datetime', readOnly: true },
  ],
}

export function deal(number: number, more: RecordValues = {}): RecordValues {
  return {
    Deal_Name: `Order ${number}`,
    Stage: 'Qualification',
    Order_Ref: `R-${number}`,
    ...more,
  }
}

export function deals(count: number, more: RecordValues = {}) {
  return Array.from({ length: count }, (_, at) => deal(at + 1, more))
}

export function dealBatch(
  records: RecordValues[],
  changes: Partial<WriteBatch> & { operation?: Operation } = {}
): WriteBatch {
  return {
    stream: dealStream,
    operation: 'upsert',
    match: byRef,
    records,
    json: records.map((record) => JSON.stringify(record)),
    ids: records.map(() => null),
    options: {},
    ...changes,
  }
}
