import { ConnectorError, type NewStream } from '#sdk'
import { checkDefinition } from '#engine/check_definition'
import { reportLosses } from '#engine/lossy_report'
import { isFree, priceNext } from '#engine/next_price'
import { preview } from '#engine/preview'
import { act } from './act.js'
import { answerChange } from './answer_change.js'
import { accessTo, openConnector } from './connector_context.js'
import { incrementalBounds } from './incremental_bounds.js'
import { priceRun } from './price_run.js'
import { readSample } from './read_sample.js'
import { readValues } from './read_values.js'
import { withBothEnds } from './run_assignment.js'
import { tryMapping } from './try_mapping.js'
import { waysOf } from './ways_of.js'
import type { OpenConnector } from './connector_context.js'
import type { Answers, ConnectionGrant, Grounds, Inquiry } from './messages.js'
import type { ServerLine } from './server_line.js'

const PATIENCE = 60_000
/** Of that, for reading a source that may hold any number of records. */
const READS_FOR = 30_000
/** A page waits for the price of the next run. */
const LOOKS_FOR = 2_500

type Ask<Name extends Inquiry['ask']> = Extract<Inquiry, { ask: Name }>

/** Answers a question that needs a connector but no run. Gives up after a minute. */
export async function answerInquiry(
  inquiry: Inquiry,
  line: ServerLine
): Promise<Answers[Inquiry['ask']]> {
  const signal = AbortSignal.timeout(PATIENCE)
  switch (inquiry.ask) {
    case 'check':
      return withConnector(inquiry, line, signal, ({ connector, ctx }) => connector.check(ctx))
    case 'list':
      return withConnector(inquiry, line, signal, listStreams)
    case 'describe':
      return withConnector(inquiry, line, signal, (open) => describeStream(open, inquiry.stream))
    case 'create':
      return withConnector(inquiry, line, signal, (open) => createStream(open, inquiry.stream))
    case 'act':
      return withConnector(inquiry, line, signal, (open) =>
        act(open, inquiry.action, inquiry.inputs)
      )
    case 'subscribe':
    case 'renew':
    case 'unsubscribe':
    case 'parse':
    case 'mark':
    case 'changed':
    case 'deleted':
      return withConnector(inquiry, line, signal, (open) => answerChange(open, inquiry))
    case 'ways':
    case 'sample':
    case 'values':
    case 'try':
      return answerBuilder(inquiry, line, signal)
    case 'review':
      return review(inquiry, line, signal)
    case 'price':
      return withBothEnds(inquiry.assignment, line, { signal }, async (input) => {
        const { definition, position } = inquiry.assignment
        const incremental = await incrementalBounds(definition, input.source, position)
        return priceRun({ ...input, incremental })
      })
    case 'next':
      return withBothEnds(inquiry.assignment, line, { signal }, async (input) => {
        if (!isFree(input)) return null
        const { definition, position } = inquiry.assignment
        const incremental = await incrementalBounds(definition, input.source, position)
        return priceNext({ ...input, incremental }, LOOKS_FOR)
      })
    case 'losses':
      return withBothEnds(inquiry.assignment, line, { signal }, (input) =>
        reportLosses(input, { most: inquiry.most, within: READS_FOR })
      )
    case 'preview':
      return withBothEnds(inquiry.assignment, line, { signal }, async (input) => {
        const { definition, position } = inquiry.assignment
        const incremental = await incrementalBounds(definition, input.source, position)
        return preview({ ...input, incremental }, { ...inquiry.wish, within: READS_FOR })
      })
  }
}

/** Questions of somebody who builds a service. */
async function answerBuilder(
  inquiry: Ask<'ways' | 'sample' | 'values' | 'try'>,
  line: ServerLine,
  signal: AbortSignal
): Promise<Answers['ways' | 'sample' | 'values' | 'try']> {
  if (inquiry.ask === 'try') return tryMapping(inquiry)
  if (inquiry.ask === 'values') {
    return withConnector(inquiry, line, signal, (open) => readValues(open, inquiry))
  }
  return withConnector(inquiry, line, signal, async (open) =>
    inquiry.ask === 'ways'
      ? waysOf(open, inquiry.stream)
      : readSample(open, inquiry.stream, inquiry.count)
  )
}

async function withConnector<Result>(
  { connection, grounds }: { connection: ConnectionGrant; grounds: Grounds },
  line: ServerLine,
  signal: AbortSignal,
  work: (open: OpenConnector) => Promise<Result>
): Promise<Result> {
  const open = await openConnector(connection, { grounds, line, signal, runId: null })
  try {
    return await work(open)
  } finally {
    await open.close()
  }
}

async function listStreams({ connector, ctx }: OpenConnector) {
  const declared = (connector.streams ?? []).map(({ description: { name, title } }) => ({
    name,
    title,
  }))
  const discovered = (await connector.discover?.list(ctx)) ?? []
  return [...declared, ...discovered]
}

async function describeStream({ connector, ctx }: OpenConnector, stream: string) {
  const declared = connector.streams?.find(({ description }) => description.name === stream)
  if (declared !== undefined) return declared.description
  if (connector.discover !== undefined) return connector.discover.describe(ctx, stream)
  throw new ConnectorError('config', `${connector.title} has no stream "${stream}"`)
}

async function createStream({ connector, ctx }: OpenConnector, stream: NewStream) {
  if (connector.discover?.create !== undefined) return connector.discover.create(ctx, stream)
  throw new ConnectorError(
    'config',
    `${connector.title} makes no tables. Choose one that is there.`
  )
}

async function review(inquiry: Ask<'review'>, line: ServerLine, signal: AbortSignal) {
  const { target, source, definition, grounds } = inquiry
  const canFlag = definition.source.flag !== undefined && (await offersFlags(inquiry, line, signal))
  return withConnector({ connection: target.connection, grounds }, line, signal, async (open) => {
    const access = accessTo(open, target.stream.name)
    const routes = access.routes?.(target.stream, open.ctx.settings) ?? []
    const options = access.writeOptions?.(target.stream) ?? []
    const { search } = access
    const checked = { routes, options, search, canFlag }
    return checkDefinition(definition, source.stream, target.stream, checked)
  })
}

function offersFlags({ source, grounds }: Ask<'review'>, line: ServerLine, signal: AbortSignal) {
  const { connection, stream } = source
  return withConnector({ connection, grounds }, line, signal, async (open) => {
    return accessTo(open, stream.name).flagging !== undefined
  })
}
