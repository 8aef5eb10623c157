import { createHash } from 'node:crypto'
import type { WriteBatch } from '#sdk'

/** The same record with the same content always has the same key, whenever and by whatever run it is sent. */
export function recordKey({ stream, operation, json, ids }: WriteBatch, index: number): string {
  const text = JSON.stringify([stream.name, operation, ids[index], json[index]])
  return createHash('sha256').update(text).digest('base64url').slice(0, 43)
}
