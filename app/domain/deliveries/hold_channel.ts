import logger from '@adonisjs/core/services/logger'
import Channel from '#domain/deliveries/channel'

const HOLD = 15_000
const RENEW_EVERY = 5_000

/**
 * Has a channel to oneself while `work` is done; null when another server has it. A server that
 * dies lets go within seconds. Two at once would do no harm but calls.
 */
export async function holdChannel<Result>(
  id: string,
  work: (channel: Channel) => Promise<Result>
): Promise<Result | null> {
  const now = Date.now()
  const held = await Channel.query()
    .where('id', id)
    .where('heldUntil', '<=', now)
    .update({ heldUntil: now + HOLD })
  if (Number(held) !== 1) return null
  const timer = setInterval(() => {
    hold(id, Date.now() + HOLD).catch((error: unknown) => {
      logger.error({ err: error, channelId: id }, 'A channel could not be held')
    })
  }, RENEW_EVERY)
  try {
    return await work(await Channel.findOrFail(id))
  } finally {
    clearInterval(timer)
    await hold(id, 0)
  }
}

async function hold(id: string, heldUntil: number): Promise<void> {
  await Channel.query().where('id', id).update({ heldUntil })
}
