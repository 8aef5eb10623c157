import {
  ConnectorError,
  type Page,
  type ReadQuery,
  type ReadRoute,
  type StreamDescription,
} from '#sdk'
import { keyOf } from './key.js'
import { candidateOf, formsOf, isOfGroup, type Candidate } from './pair.js'
import { needsCount, planRead, type ReadPlan } from './read_plan.js'
import type { SearchHost } from './search_host.js'
import type { SearchPlan } from './search_plan.js'
import type { SyncInput } from './sync_input.js'
import { commonForm } from './value_form.js'

/** Records that one page holds. */
const AT_ONCE = 1_000
/** More do not fit beside everything else that a runner remembers. */
const MOST_HELD = 500_000

/** The records of the target by what they are matched by, in memory for one run. */
export class HeldIndex {
  readonly #byForm = new Map<string, Candidate | Candidate[]>()
  /** What this run has given records that were there before, by their ids. */
  readonly #given = new Map<string, string[]>()
  /** Those that this run gave what they did not hold before: what else they hold may be old. */
  readonly #changed = new Set<string>()
  size = 0

  /** What no form has as it is written is asked for by the form that many spellings share. */
  find(group: number, exact: string | null, common: string | null): Candidate[] {
    const found = exact === null ? [] : this.#held(group, exact)
    return found.length > 0 || common === null ? found : this.#held(group, common)
  }

  /** What was written, in all its forms. `isMoved`: it had others before, which it no longer has. */
  learn(id: string, forms: string[], isMoved: boolean): void {
    const added = forms.filter((form) => !this.#of(form).some((held) => held.id === id))
    if (added.length > 0) {
      this.#changed.add(id)
      this.add(added, { id, createdAt: null, values: {} })
    }
    if (isMoved && this.#changed.has(id)) this.#given.set(id, forms)
  }

  add(forms: Iterable<string | null>, candidate: Candidate): void {
    this.size++
    for (const form of new Set(forms)) {
      if (form === null) continue
      const held = this.#byForm.get(form)
      if (held === undefined) this.#byForm.set(form, candidate)
      else if (Array.isArray(held)) held.push(candidate)
      else this.#byForm.set(form, [held, candidate])
    }
  }

  #held(group: number, form: string): Candidate[] {
    const held = this.#of(form).filter(({ id }) => !this.#hasMoved(id, group, form))
    return held.filter(({ id }, index) => held.findIndex((each) => each.id === id) === index)
  }

  #of(form: string): Candidate[] {
    return [this.#byForm.get(form) ?? []].flat()
  }

  /** Where a group was left empty, it may have kept what it had. */
  #hasMoved(id: string, group: number, form: string): boolean {
    const given = this.#given.get(id)
    if (given === undefined || given.includes(form)) return false
    return given.some((each) => isOfGroup(each, group))
  }
}

/** What reading the match fields of the whole target is asked for. */
export function indexQuery({ stream }: { stream: StreamDescription }, plan: SearchPlan): ReadQuery {
  const wanted = new Set([...stream.key, ...plan.wanted])
  const fields = stream.fields.map(({ name }) => name).filter((name) => wanted.has(name))
  return { cursor: null, fields, filter: null, incremental: null, pageSize: AT_ONCE }
}

/** Null where the target is read without a choice, which costs nothing. */
export async function planIndex(
  { target: { ctx, stream, access } }: Pick<SyncInput, 'target'>,
  query: ReadQuery,
  { isHasty }: { isHasty: boolean }
): Promise<ReadPlan | null> {
  const all = access.readRoutes?.(ctx, stream) ?? []
  if (all.length === 0) return null
  const routes = isHasty ? all.filter(({ kind }) => kind === 'call') : all
  const isAsked = needsCount(routes, query, {})
  const count = isAsked ? await access.count?.(ctx, stream, query) : null
  const plan = planRead(routes, query, { wish: {}, count: count ?? null })
  if (plan === null) throw unreadable(stream.name)
  return { ...plan, credits: plan.credits + (isAsked ? (access.asking?.count ?? 0) : 0) }
}

/** Reads the match fields of every record of the target, by the cheapest way. */
export async function readIndex(run: SearchHost, plan: SearchPlan): Promise<HeldIndex> {
  const { stream } = run.input.target
  const query = indexQuery({ stream }, plan)
  const reading = await planIndex(run.input, query, { isHasty: run.input.isHasty === true })
  const index = new HeldIndex()
  const started = run.input.world.now()
  for await (const page of openTarget(run, query, reading)) {
    if (page.pollAfter !== undefined) await run.rest(page.pollAfter)
    run.assertGoing()
    for (const values of page.records) {
      const id = keyOf(values, stream.key)
      const forms = [...formsOf(values, plan), ...formsOf(values, plan, commonForm)]
      index.add(forms, candidateOf(id, values, plan))
    }
    if (index.size > MOST_HELD) throw tooMany(stream.name)
  }
  const { calls = 0, credits = 0 } = reading ?? {}
  const took = run.input.world.now() - started
  run.credits.planned += credits
  run.charge({ route: 'match_index', records: index.size, calls, credits, took })
  return index
}

function openTarget(
  run: SearchHost,
  query: ReadQuery,
  reading: ReadPlan | null
): AsyncIterable<Page> {
  const { ctx, stream, access } = run.input.target
  if (reading !== null) return readBy(reading.route)
  if (access.read) return access.read(ctx, stream, query)
  throw unreadable(stream.name)

  function readBy(route: ReadRoute): AsyncIterable<Page> {
    const records = reading?.records ?? null
    const expected = records === null ? {} : { expected: records }
    return route.read(ctx, stream, { ...query, ...expected })
  }
}

function unreadable(name: string): ConnectorError {
  const message = `'${name}' cannot be read as a whole, which matching by normalised values needs.`
  return new ConnectorError('config', message)
}

function tooMany(name: string): ConnectorError {
  const message = `'${name}' holds more than ${MOST_HELD} records, too many to compare by normalised values. Leave that out, and match by exact values.`
  return new ConnectorError('config', message)
}
