import { DateTime } from 'luxon'
import Channel from '#domain/deliveries/channel'
import { followersOf } from '#domain/deliveries/followers'
import { holdChannel } from '#domain/deliveries/hold_channel'
import { keepChannel } from '#domain/deliveries/keep_channel'

/** Before a connection goes: ends what nobody follows while the vendor can still be told so. */
export async function endIdleChannels(connectionId: string, now = Date.now()): Promise<void> {
  for (const { id } of await Channel.query().where('connectionId', connectionId)) {
    await holdChannel(id, async (channel) => {
      const followers = await followersOf(channel)
      if (followers.length > 0) return
      channel.merge({ state: 'ending', dueAt: DateTime.fromMillis(now) })
      await channel.save()
      await keepChannel(channel, now)
    })
  }
}
