import type { CallRoute, StreamDescription, WriteWish } from '#sdk'
import { writeBatch } from './write_batch.js'

const common: Omit<CallRoute, 'name' | 'operations' | 'idempotent'> = {
  kind: 'call',
  maxRecords: 1000,
  cost: () => 0,
  concurrency: 2,
  send: writeBatch,
}

/** An upsert by id without an id puts a row in, so that it must not be sent twice. */
export function tableRoutes(stream: StreamDescription): CallRoute[] {
  if (!stream.writable) return []
  const isUnsure = ({ operation, match }: WriteWish) => operation === 'upsert' && match.by === 'id'
  return [
    {
      ...common,
      name: 'rows',
      operations: ['insert', 'update', 'upsert', 'delete'],
      idempotent: ['update', 'upsert', 'delete'],
      suits: (wish) => !isUnsure(wish),
    },
    { ...common, name: 'rows_by_id', operations: ['upsert'], idempotent: [], suits: isUnsure },
  ]
}
