import type { RowReply } from '../records/row_reply.js'
import { RowFault } from '../records/row_reply.js'
import { readPaging } from '../records/read_paging.js'
import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import { dropChannel, findChannel } from './keep_channel.js'
import { renderChannel, resourceUri } from './render_channel.js'
import { watchReply } from './watch_entries.js'

export function listWatch(call: Call): Reply {
  const { org, query } = call
  const { page, perPage } = readPaging(call)
  const now = org.clock.now()
  const living = [...org.channels.values()].filter(({ expiresAt }) => expiresAt > now)
  const listed = living
    .flatMap((channel) => renderChannel(org, channel))
    .filter(({ channel_id: id }) => !query.has('channel_id') || id === query.get('channel_id'))
    .filter(({ resource_name: name }) => !query.has('module') || name === query.get('module'))
  const watch = listed.slice((page - 1) * perPage, page * perPage)
  if (watch.length === 0) return { status: 204 }
  const isMore = listed.length > page * perPage
  const info = { per_page: perPage, count: watch.length, page, more_records: isMore }
  return { status: 200, body: { watch, info } }
}

export function unwatch(call: Call): Reply {
  const { org, query } = call
  const ids = query.get('channel_ids')
  if (!ids) {
    throw new ApiFault(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
      param_name: 'channel_ids',
    })
  }
  const replies = ids.split(',').map((id): RowReply => {
    const channel = findChannel(org, id)
    if (!channel) return new RowFault('NOT_SUBSCRIBED', { channel_id: id }).reply
    dropChannel(org, id)
    const [{ module }] = channel.events
    const details = {
      resource_uri: resourceUri(org, module),
      resource_id: org.moduleReference(module).id,
      resource_name: module,
      channel_id: id,
    }
    const message = 'Successfully un-subscribed from actions-watch'
    return { code: 'SUCCESS', details, message, status: 'success' }
  })
  return watchReply(replies, 200)
}
