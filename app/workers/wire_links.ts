import type { LinkRows } from '#engine/ledger'

/**
 * Rows of links as they cross from thread to thread. One text is sooner written and read than
 * thousands; as JSON the short ones among them would be interned where they arrive.
 */
export interface WireLinks {
  /** All keys, then all matches, target ids and hashes. */
  texts: string
  /** The length of each; ABSENT for null. */
  lengths: Uint32Array
  /** One for all rows, where they share it. */
  states: LinkRows['states'] | LinkRows['states'][number]
}

const ABSENT = 0xffff_ffff

export function packLinks({ keys, matches, targetIds, hashes, states }: LinkRows): WireLinks {
  const all = new Array<string | null>().concat(keys, matches, targetIds, hashes)
  const lengths = new Uint32Array(all.length)
  let index = 0
  for (const each of all) lengths[index++] = each === null ? ABSENT : each.length
  const [first] = states
  const isShared = states.length > 0 && states.every((state) => state === first)
  return { texts: all.join(''), lengths, states: isShared ? first : states }
}

export function unpackLinks({ texts, lengths, states }: WireLinks): LinkRows {
  const rows = lengths.length / 4
  const all: Array<string | null> = []
  let start = 0
  for (const length of lengths) {
    if (length === ABSENT) {
      all.push(null)
      continue
    }
    all.push(texts.slice(start, start + length))
    start += length
  }
  const column = (place: number) => all.slice(place * rows, (place + 1) * rows)
  return {
    keys: column(0).map(present),
    matches: column(1),
    targetIds: column(2),
    hashes: column(3).map(present),
    states: typeof states === 'string' ? new Array<typeof states>(rows).fill(states) : states,
  }
}

function present(text: string | null): string {
  if (text === null) throw new Error('A link came without its key or hash')
  return text
}
