import { ConnectorError, type RecordValues } from '#sdk'
import { flagTerms } from './flag_terms.js'
import { Flags, type FlagHost } from './flags.js'
import { keyOf } from './key.js'
import type { SyncInput } from './sync_input.js'

/** Null where the service has no flag. */
export function openFlags(host: FlagHost, input: SyncInput): Flags | null {
  const { definition, source, world, givenFrom } = input
  const { flag } = definition.source
  if (flag === undefined) return null
  const { flagging } = source.access
  if (flagging === undefined) {
    const message = `'${source.stream.title}' lets no flag be set any more. Take 'flag' out of the service.`
    throw new ConnectorError('config', message)
  }
  const originals = new Map<string, RecordValues>()
  for (const record of givenFrom ?? []) originals.set(keyOf(record, source.stream.key), record)
  const terms = flagTerms(flag, source.stream)
  return new Flags(host, source, flagging, terms, world, originals, input.only !== null)
}
