import type Channel from '#domain/deliveries/channel'
import type { ChannelState } from '#domain/deliveries/channel'
import type { Follower } from '#domain/deliveries/followers'
import { instantText } from '#http/instant_text'

export type ChannelRow = {
  id: string
  stream: string
  connection: string
  connectionId: string
  services: Array<{ id: string; name: string }>
  changes: string
  state: ChannelState
  fault: string | null
  grantedUntil: string | null
  /** The vendor granted much less than what was wanted. */
  isShort: boolean
  heardAt: string | null
  sweptAt: string | null
  found: number
  deletions: number
  echoes: number
  refused: number
}

const DAY = 24 * 3_600_000

export function viewChannel(
  channel: Channel,
  connection: string,
  followers: Follower[]
): ChannelRow {
  const { id, stream, state, fault, wish, wantedUntil, grantedUntil } = channel
  const own = followers.filter(
    (each) => each.connectionId === channel.connectionId && each.stream === stream
  )
  const missing = (wantedUntil?.toMillis() ?? 0) - (grantedUntil?.toMillis() ?? 0)
  return {
    ...{ id, stream, connection, connectionId: channel.connectionId, state, fault },
    services: own.map(({ serviceId, name }) => ({ id: serviceId, name })),
    changes:
      wish.changes.join(', ') + (wish.fields.length > 0 ? ` of ${wish.fields.join(', ')}` : ''),
    grantedUntil: instantText(grantedUntil),
    isShort: state === 'open' && grantedUntil !== null && missing > DAY,
    heardAt: instantText(channel.heardAt),
    sweptAt: instantText(channel.sweptAt),
    found: channel.foundBySweep,
    deletions: channel.deletions,
    echoes: channel.echoes,
    refused: channel.refused,
  }
}
