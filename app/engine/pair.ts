import type { RecordValues } from '#sdk'
import type { SearchPlan } from './search_plan.js'
import { commonForm, valueForm } from './value_form.js'

/** A record of the target that could be the one that a source record stands for. */
export type Candidate = {
  id: string
  /** Null where the target does not say. */
  createdAt: string | null
  values: RecordValues
}

export function candidateOf(
  id: string,
  values: RecordValues,
  { created, isCounted }: SearchPlan
): Candidate {
  const at = created === null || isCounted ? null : values[created]
  return { id, createdAt: at === null || at === undefined ? null : String(at), values }
}

/** What a search came to for one record. */
export interface Pair {
  verdict: 'create' | 'update' | 'leave' | 'skip' | 'ask' | 'unclear'
  /** The record of the target that it is paired with. */
  id: string | null
  /** Null where nobody searched: its id was known, or a person wants it created. */
  candidates: Candidate[] | null
  /** What another record that is to be created must not hold as well. */
  claims: string[]
  /** Who stands for what was found, where it turned out that this record stands for something else. */
  holder: string | null
  /** Sent to be created in this attempt. */
  isSent: boolean
}

/** What a person wants created was not searched for, so that nothing tells old from new. */
export function isForced({ verdict, candidates }: Pair): boolean {
  return verdict === 'create' && candidates === null
}

export function newPair(verdict: Pair['verdict'], id: string | null): Pair {
  return { verdict, id, candidates: null, claims: [], holder: null, isSent: false }
}

/** What the policies make of the records that were found. */
export function pairOf(candidates: Candidate[], claims: string[], plan: SearchPlan): Pair {
  const { none, one, many } = plan.policy
  const found = { candidates, claims, holder: null, isSent: false }
  if (candidates.length === 0) {
    return { ...found, verdict: none === 'create' ? 'create' : 'skip', id: null }
  }
  if (candidates.length > 1 && (many === 'ask' || many === 'skip')) {
    return { ...found, verdict: many, id: null }
  }
  const chosen = candidates.length === 1 ? candidates[0] : byAge(candidates, many, plan)
  if (chosen === null) return { ...found, verdict: 'ask', id: null }
  return { ...found, verdict: one === 'update' ? 'update' : 'leave', id: chosen.id }
}

/** Null where the ages do not tell: then a person must. */
function byAge(
  candidates: Candidate[],
  many: SearchPlan['policy']['many'],
  { created, isCounted }: SearchPlan
): Candidate | null {
  const aged = candidates.map((each) => {
    const count = isCounted && created !== null ? (each.values[created] ?? Number.NaN) : Number.NaN
    return { each, at: isCounted ? Number(count) : Date.parse(each.createdAt ?? '') }
  })
  if (aged.some(({ at }) => Number.isNaN(at))) return null
  const sorted = aged.sort((a, b) => (many === 'oldest' ? a.at - b.at : b.at - a.at))
  return sorted[0].at === sorted[1].at ? null : sorted[0].each
}

/**
 * What a record is found by, group by group, as texts that only equal records share. Null
 * for a group in which a value is empty.
 */
export function formsOf(
  record: RecordValues,
  { groups }: SearchPlan,
  form: typeof valueForm = valueForm
): Array<string | null> {
  return groups.map((group, index) => {
    const parts = group.map(({ name, type }) => form(record[name], type))
    return parts.includes('') ? null : JSON.stringify([index, ...parts])
  })
}

export function isOfGroup(form: string, group: number): boolean {
  return form.startsWith(`[${group},`)
}

/** All that two records must not share if both are to be created. */
export function claimsOf(record: RecordValues, plan: SearchPlan): string[] {
  const forms = formsOf(record, plan)
  const common = plan.normalised ? formsOf(record, plan, commonForm) : []
  return [...new Set([...forms, ...common])].filter((each) => each !== null)
}
