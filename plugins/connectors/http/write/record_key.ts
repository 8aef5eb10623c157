import { createHash } from 'node:crypto'
import type { WriteBatch } from '#sdk'

/**
 * The same record with the same content always has the same key, whenever and by whatever run it
 * is sent. Two records that say the same are still two.
 */
export function recordKey(batch: WriteBatch, index: number): string {
  const { stream, operation, json, ids, keys } = batch
  const text = JSON.stringify([
    ...[stream.name, operation, ids[index], json[index]],
    ...(keys === undefined ? [] : [keys[index]]),
  ])
  return createHash('sha256').update(text).digest('base64url').slice(0, 43)
}
