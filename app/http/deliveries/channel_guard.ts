import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import Channel from '#domain/deliveries/channel'
import { hashOfPath } from '#domain/deliveries/follow_streams'
import { isProven } from '#domain/deliveries/receive_delivery'
import { RateWindow } from '#http/deliveries/rate_window'
import { LARGEST_BODY, readRequest } from '#http/deliveries/read_request'
import type { WebhookRequest } from '#sdk'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    channel: Channel
    webhook: WebhookRequest
  }
}

const perChannel = new RateWindow(1200)
const perStranger = new RateWindow(60)

/**
 * Lets a vendor pass that knows the address of a channel and its token. Whoever does not is told
 * the same in all cases: nothing is here. The address is looked up by its hash, so the time it
 * takes tells nothing about it.
 */
export default class ChannelGuard {
  async handle(ctx: HttpContext, next: NextFn) {
    // A vendor keeps no session, and each call would leave one behind.
    ctx.session.clear()
    const { response, request, params, logger } = ctx
    const now = Date.now()
    const channel = await Channel.findBy('pathHash', hashOfPath(String(params.channelSecret)))
    const isWelcome = channel
      ? perChannel.take(channel.id, now)
      : perStranger.take(request.ip(), now)
    if (!isWelcome) return response.status(429).send('')
    if (channel === null || channel.state === 'ending') return response.status(404).send('')
    const webhook = await readRequest(request, LARGEST_BODY)
    if (webhook === null) return response.status(413).send('')
    if (!(await isProven(channel, webhook))) {
      await Channel.query().where('id', channel.id).increment('refused', 1)
      logger.warn({ channelId: channel.id }, 'A notification without the right token was refused')
      return response.status(404).send('')
    }
    Object.assign(ctx, { channel, webhook })
    return next()
  }
}
