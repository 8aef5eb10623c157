import { setTimeout as sleep } from 'node:timers/promises'
import type {
  Page,
  ReadQuery,
  ReadRoute,
  RecordValues,
  Route,
  StreamAccess,
  StreamDescription,
} from '#sdk'
import { contractContext, type ContractContext } from '#tests/support/contract_context'
import type { Subject, WritingStage } from './stage.js'

export function newContext({ stage }: Subject): ContractContext {
  return contractContext(stage.connection, stage.world)
}

export interface Reached {
  stream: StreamDescription
  access: StreamAccess
  /** The way to read it by; without one it is read plainly. */
  route?: ReadRoute
}

/** A stream of the subject, by name, described as the server would keep it: through JSON. */
export async function reach(subject: Subject, name: string): Promise<Reached> {
  const { connector } = subject
  const known = connector.streams?.find((stream) => stream.description.name === name)
  if (known) return { stream: known.description, access: known }
  if (!connector.discover) throw new Error(`The fixture names ${name}, which is no stream`)
  const stream = await connector.discover.describe(newContext(subject), name)
  return { stream: stored(stream), access: connector.discover }
}

export function stored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

/** Every way in which a stream is read: plainly, and by each of its routes. */
export async function waysOf(subject: Subject, name: string): Promise<Reached[]> {
  const reached = await reach(subject, name)
  const { stream, access } = reached
  const routes = access.readRoutes?.(newContext(subject), stream) ?? []
  return [...(access.read ? [reached] : []), ...routes.map((route) => ({ ...reached, route }))]
}

/** A query as the engine makes one, of all fields that the way can read unless it says otherwise. */
export function queryOf({ stream, route }: Reached, query: Partial<ReadQuery>): ReadQuery {
  const base = { cursor: null, fields: [], filter: null, incremental: null, pageSize: 7 }
  const names = stream.fields.map((field) => field.name)
  const fields = names.filter((name) => route?.suits({ ...base, fields: [name] }) !== false)
  return { ...base, fields, ...query }
}

export function canRead(reached: Reached, query: Partial<ReadQuery>): boolean {
  return reached.route?.suits(queryOf(reached, query)) !== false
}

/** Reads the pages that `query` asks for; waits for jobs as the engine does. */
export async function* pagesOf(
  reached: Reached,
  ctx: ContractContext,
  query: Partial<ReadQuery>
): AsyncGenerator<Page> {
  const { stream, access, route } = reached
  const source = route ?? access
  if (!source.read) throw new Error(`${stream.name} cannot be read`)
  for await (const page of source.read(ctx, stream, queryOf(reached, query))) {
    if (page.pollAfter === undefined) yield page
    else await sleep(Math.min(page.pollAfter, 5))
  }
}

export async function readAll(
  subject: Subject,
  reached: Reached,
  query: Partial<ReadQuery> = {}
): Promise<RecordValues[]> {
  const records: RecordValues[] = []
  for await (const page of pagesOf(reached, newContext(subject), query)) {
    records.push(...page.records)
  }
  return records
}

export function keysOf(records: RecordValues[], stream: StreamDescription): string[] {
  return records.map((record) => JSON.stringify(stream.key.map((field) => record[field])))
}

/** The routes that fit a stage's operation. */
export async function routesOf(
  subject: Subject,
  writing: WritingStage
): Promise<{ reached: Reached; routes: Route[] }> {
  const reached = await reach(subject, writing.stream)
  const routes = reached.access.routes?.(reached.stream) ?? []
  const fields = Object.keys(writing.faulty)
  const { operation, match, options } = writing
  const suits = (route: Route) =>
    options === undefined || route.suits?.({ operation, match, fields, options }) !== false
  return {
    reached,
    routes: routes.filter((route) => route.operations.includes(operation) && suits(route)),
  }
}

/** A batch as the engine builds one. */
export function batchOf(writing: WritingStage, stream: StreamDescription, records: RecordValues[]) {
  return {
    stream,
    operation: writing.operation,
    match: writing.match,
    records,
    json: records.map((record) => JSON.stringify(record)),
    ids: records.map(() => null),
    options: writing.options ?? {},
  }
}
