import { ConnectorError, type Context, type StreamDescription } from '#sdk'
import { parseStreams } from './parse_streams.js'

export async function describeEndpoint(ctx: Context, name: string): Promise<StreamDescription> {
  const stream = parseStreams(ctx).find((each) => each.name === name)
  if (stream === undefined) {
    throw new ConnectorError('config', `This connection has no list named ${name}.`)
  }
  return {
    ...stream,
    title: name,
    readable: (ctx.settings.paging ?? 'off') !== 'off',
    writable: true,
    cursors: [],
    pushdown: [],
  }
}
