import { knownAlready } from './known_already.js'
import type { Link, Matched } from './ledger.js'
import { claimsOf, newPair, pairOf, type Pair } from './pair.js'
import type { Run } from './run.js'
import type { Seeker } from './seeker.js'
import type { Mapped } from './transform.js'

/** What the ledger and, where it has no id, the target know of a record. */
export interface Paired extends Matched {
  pair?: Pair | null
}

/**
 * Looks for the records of a page that the ledger has no id of, and asks the ledger who is
 * paired with what was found. The drafts are given the ids that they lay claim to.
 */
export async function pairPage(
  asked: Mapped[],
  known: Matched[],
  run: Run,
  seeker: Seeker
): Promise<Paired[]> {
  const paired = asked.map(({ draft, faults }, index): Paired => {
    const { link } = known[index]
    return { link, owner: null, pair: pairBefore(draft.key, faults !== null, link, run) }
  })
  const sought: number[] = []
  const isLonely = lonelyOnes(asked, run)
  for (const [index, { draft, faults }] of asked.entries()) {
    const { link, pair } = paired[index]
    if (pair) continue
    // Later it could be taken for another than it is now, if an earlier record had its key.
    const isRemembered = link !== null && knownAlready(draft, link, run) && isLonely(draft.key)
    const isNameless = claimsOf(draft.target, seeker.plan).length === 0
    if (isNameless && !faults) draft.match = ''
    if (isRemembered || isNameless || faults) paired[index].pair = newPair('unclear', null)
    else sought.push(index)
  }
  await seek(asked, sought, paired, seeker)
  await askOwners(asked, paired, run)
  return paired
}

/** What needs no search: a record whose id is known, or one that a person wants created. */
function pairBefore(key: string, isFaulty: boolean, link: Link | null, run: Run): Pair | null {
  const id = link?.targetId ?? null
  if (id !== null) return newPair('update', id)
  if (isFaulty || !run.input.fresh?.includes(key)) return null
  // Nothing tells an attempt whose reply was lost from the records that were there before.
  const mayBeThere = link?.state === 'sending' || link?.state === 'unclear'
  return newPair(mayBeThere ? 'unclear' : 'create', null)
}

function lonelyOnes(asked: Mapped[], { window }: Run): (key: string) => boolean {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { draft } of asked) {
    if (seen.has(draft.key)) repeated.add(draft.key)
    seen.add(draft.key)
  }
  return (key) => !repeated.has(key) && window.ofKey(key) === undefined
}

async function seek(
  asked: Mapped[],
  sought: number[],
  paired: Paired[],
  seeker: Seeker
): Promise<void> {
  const some = sought.slice(0, Math.max(0, seeker.left))
  seeker.left -= sought.length
  const found = await seeker.find(some.map((index) => asked[index].draft.target))
  for (const [place, index] of some.entries()) {
    const claims = claimsOf(asked[index].draft.target, seeker.plan)
    paired[index].pair = pairOf(found[place], claims, seeker.plan)
  }
}

async function askOwners(asked: Mapped[], paired: Paired[], run: Run): Promise<void> {
  const named = paired.flatMap(({ pair }, index) => (pair?.id ? [index] : []))
  if (named.length === 0) return
  for (const index of named) asked[index].draft.match = paired[index].pair?.id ?? null
  const answers = await run.input.ledger.match(
    named.map((index) => asked[index].draft.key),
    named.map((index) => asked[index].draft.match)
  )
  for (const [place, index] of named.entries()) paired[index].owner = answers[place].owner
}
