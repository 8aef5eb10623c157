import type { Page, ReadQuery, RecordValues, Route, StreamAccess, StreamDescription } from '#sdk'
import { contractContext, type ContractContext } from '#tests/support/contract_context'
import type { Subject, WritingStage } from './stage.js'

export function newContext({ stage }: Subject): ContractContext {
  return contractContext(stage.connection, stage.world)
}

export interface Reached {
  stream: StreamDescription
  access: StreamAccess
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

/** Reads the pages that `query` asks for, all fields of the stream unless it says otherwise. */
export function pagesOf(
  { stream, access }: Reached,
  ctx: ContractContext,
  query: Partial<ReadQuery>
): AsyncIterable<Page> {
  if (!access.read) throw new Error(`${stream.name} cannot be read`)
  return access.read(ctx, stream, {
    cursor: null,
    fields: stream.fields.map((field) => field.name),
    filter: null,
    incremental: null,
    pageSize: 7,
    ...query,
  })
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
  return {
    reached,
    routes: routes.filter((route) => route.operations.includes(writing.operation)),
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
    options: {},
  }
}
