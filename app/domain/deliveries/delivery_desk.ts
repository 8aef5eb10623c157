import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import Channel from '#domain/deliveries/channel'
import { foldDeliveries } from '#domain/deliveries/fold_deliveries'
import { followStreams } from '#domain/deliveries/follow_streams'
import { followersOf } from '#domain/deliveries/followers'
import { forgetOld } from '#domain/deliveries/forget_old'
import { holdChannel } from '#domain/deliveries/hold_channel'
import { keepChannel } from '#domain/deliveries/keep_channel'
import { settleChanges } from '#domain/deliveries/settle_changes'
import { startChanges } from '#domain/deliveries/start_changes'
import { sweepChannel } from '#domain/deliveries/sweep_channel'
import { ConnectorError } from '#sdk'

const HOUR = 3_600_000
const LOOK_EVERY = 5_000

/**
 * The work behind notifications, in turns: what came in is folded, runs are started for it, and
 * channels are kept up and swept. Calls to vendors go on beside the turns, and hold nobody up.
 */
export class DeliveryDesk {
  #fold: Promise<unknown> | null = null
  #upkeep: Promise<unknown> | null = null
  #lookedAt = 0
  #forgotAt = 0

  /** At start: everything that was missed while no server ran. */
  async open(now = Date.now()): Promise<void> {
    await Channel.query().whereIn('state', ['polling', 'broken']).update({ dueAt: now })
    await Channel.query().update({ sweepDueAt: now })
  }

  async turn(now = Date.now()): Promise<void> {
    await settleChanges(now)
    await startChanges(now)
    this.#fold ??= this.#beside(foldDeliveries(now), () => (this.#fold = null))
    if (Math.abs(now - this.#lookedAt) < LOOK_EVERY) return
    this.#lookedAt = now
    this.#upkeep ??= this.#beside(this.#keepAll(now), () => (this.#upkeep = null))
  }

  /** Resolves when no work goes on beside the turns any more. */
  async settled(): Promise<void> {
    while (this.#fold !== null || this.#upkeep !== null) {
      await Promise.all([this.#fold, this.#upkeep])
    }
  }

  #beside(work: Promise<unknown>, over: () => void): Promise<unknown> {
    return work
      .catch((error: unknown) => logger.error({ err: error }, 'The delivery desk stumbled'))
      .finally(over)
  }

  async #keepAll(now: number): Promise<void> {
    await followStreams(now)
    const due = await db.from('channels').where('due_at', '<=', now).select('id')
    await forEach(due, (channel) => keepChannel(channel, now))
    const unswept = await db
      .from('channels')
      .where('sweep_due_at', '<=', now)
      .whereIn('state', ['open', 'polling', 'broken'])
      .select('id')
    await forEach(unswept, (channel) => sweep(channel, now))
    if (Math.abs(now - this.#forgotAt) < HOUR) return
    this.#forgotAt = now
    await forgetOld(now)
  }
}

/** One channel that goes wrong holds up no other. */
async function forEach(rows: Array<{ id: string }>, work: (channel: Channel) => Promise<void>) {
  for (const { id } of rows) {
    try {
      await holdChannel(id, work)
    } catch (error) {
      logger.error({ err: error, channelId: id }, 'A channel could not be kept up')
    }
  }
}

/** Where nobody tells, looking is all there is: as often as the services want to run. */
async function sweep(channel: Channel, now: number): Promise<void> {
  const followers = await followersOf(channel)
  const waits = followers.map(({ after }) => after)
  const every = channel.state === 'open' ? HOUR : Math.min(HOUR, ...waits)
  try {
    await sweepChannel(channel, now, every)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    logger.warn({ channelId: channel.id, reason: error.message }, 'A sweep did not get through')
  }
}
