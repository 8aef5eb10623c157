import { ConnectorError } from '#sdk'
import type { Page, ReadQuery, RecordValues } from '#sdk'
import type { Slot } from './account.js'
import { filterOfKeys } from './filter_of_keys.js'
import { keyOf } from './key.js'
import { planRead } from './read_plan.js'
import { LostReply } from './retry.js'
import type { Run } from './run.js'
import { canPush } from './source.js'
import { writeBatch } from './write_batch.js'

/** Records looked up, or read, at once. */
const AT_ONCE = 100

/** What the target said of the records that are about to be sent. */
export interface TargetView {
  /** Those that it was asked for and does not hold. */
  missing: Set<Slot>
  /** Those that could be more than one record there. */
  several: Set<Slot>
  /** Those that it holds, with the values it has now. */
  present: Map<Slot, RecordValues>
}

/** Asks the target for what it holds, for as many records as a preview may ask for. */
export class TargetGlance {
  /** Those that were looked up or read. */
  #looked = 0
  /** Those that a search found nothing for. */
  #sought = 0
  /** Why it could not be asked, or not for all. */
  readonly notes = new Set<string>()

  constructor(
    readonly run: Run,
    readonly most: number
  ) {}

  get asked(): number {
    return this.#looked + this.#sought
  }

  async look(slots: Slot[]): Promise<TargetView> {
    const view: TargetView = { missing: new Set(), several: new Set(), present: new Map() }
    const answerable = slots.filter((slot) => this.#canSearch || slot.draft.targetId !== null)
    const asked = answerable.slice(0, Math.max(0, this.most - this.#looked))
    if (this.run.seeker) this.#sought += slots.length - answerable.length
    for (let start = 0; start < asked.length; start += AT_ONCE) {
      const some = asked.slice(start, start + AT_ONCE)
      this.#looked += some.length
      await this.#kindly('could not be searched', () => this.#find(some, view))
      const held = some.filter((slot) => slot.draft.targetId !== null)
      await this.#kindly('could not be read', () => this.#read(held, view))
    }
    return view
  }

  get #canSearch(): boolean {
    const { match, operation, input } = this.run
    const isByFields = match.by === 'fields' && operation !== 'insert'
    return isByFields && input.target.access.lookup !== undefined
  }

  /** That the target does not answer spoils the comparison, not the preview. */
  async #kindly(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      this.notes.add(`${this.run.target.title} ${what}: ${error.message}`)
    }
  }

  async #find(slots: Slot[], { missing, several }: TargetView): Promise<void> {
    const { run } = this
    const { lookup } = run.input.target.access
    const unknown = slots.filter((slot) => slot.draft.targetId === null)
    if (!lookup || unknown.length === 0) return
    const answer = await run.patience.until(
      () => lookup(run.targetContext, writeBatch(run, unknown)),
      true,
      () => run.isHalted
    )
    if (answer instanceof LostReply) throw answer.reason
    for (const { index, id } of answer.found) {
      const slot = unknown[index]
      if (!slot) continue
      if (slot.draft.targetId !== null && slot.draft.targetId !== id) several.add(slot)
      slot.draft.targetId ??= id
    }
    if (!answer.certain) return
    for (const slot of unknown) if (slot.draft.targetId === null) missing.add(slot)
  }

  async #read(slots: Slot[], { present, missing }: TargetView): Promise<void> {
    const { run } = this
    const { stream } = run.input.target
    if (slots.length === 0 || !stream.readable) return
    const byId = new Map(slots.map((slot) => [slot.draft.targetId ?? '', slot]))
    const filter = filterOfKeys([...byId.keys()], stream)
    if (!canPush(filter, stream.pushdown)) return
    const fields = fieldsShown(run)
    const query = { cursor: null, fields, filter, incremental: null, pageSize: AT_ONCE }
    for await (const page of this.#pages(query, slots.length)) {
      for (const record of page.records) {
        const slot = byId.get(keyOf(record, stream.key))
        if (slot) present.set(slot, record)
      }
      if (page.records.length === 0) break
    }
    if (run.operation !== 'delete') return
    for (const slot of slots) if (!present.has(slot)) missing.add(slot)
  }

  #pages(query: ReadQuery, count: number): AsyncIterable<Page> {
    const { ctx, stream, access } = this.run.input.target
    const routes = access.readRoutes?.(ctx, stream) ?? []
    const calls = routes.filter(({ kind }) => kind === 'call')
    const route = planRead(calls, query, { wish: {}, count })?.route
    if (route) return route.read(ctx, stream, query)
    if (access.read && routes.length === 0) return access.read(ctx, stream, query)
    throw new ConnectorError('config', 'there is no way to read single records')
  }
}

/** Of a record that is to go: fields beside those that are mapped, so that a person knows it. */
const SHOWN_OF_DOOMED = 12

function fieldsShown({ input, operation, target: { key, fields } }: Run): string[] {
  const wanted = new Set([...key, ...input.definition.mapping.map(({ to }) => to)])
  if (operation === 'delete') {
    const telling = fields.filter(({ type }) => type !== 'json')
    for (const { name } of telling.slice(0, SHOWN_OF_DOOMED)) wanted.add(name)
  }
  return fields.map(({ name }) => name).filter((name) => wanted.has(name))
}
