import { isDeepStrictEqual } from 'node:util'
import type { ServiceDefinition } from '#sdk'

/**
 * Whether a place that was reached under one definition says what the other has read. A wider
 * filter lets through records that lie before it.
 */
export function readsTheSame(one: ServiceDefinition, other: ServiceDefinition): boolean {
  return isDeepStrictEqual(readingOf(one), readingOf(other))
}

function readingOf({ source, incremental }: ServiceDefinition) {
  const { connection, stream, view, filter } = source
  return [connection, stream, view ?? null, filter ?? null, incremental?.column ?? null]
}
