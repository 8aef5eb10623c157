import logger from '@adonisjs/core/services/logger'
import crossdock from '#config/crossdock'
import { Quota } from '#domain/connections/quota'
import type { QuotaOptions } from '#domain/connections/quota'
import { LocalPlaces } from '#domain/limits/local_places'
import { RedisPlaces } from '#domain/limits/redis_places'
import ServerProcess from '#domain/runs/server_process'

/** This process's count of calls under way: in Redis where there is one, else its share. */
export function openQuota(options: Pick<QuotaOptions, 'meter' | 'usesReserve' | 'onShort'>): Quota {
  const alone = new LocalPlaces()
  const places =
    crossdock.redisUrl === null
      ? alone
      : new RedisPlaces(crossdock.redisUrl, alone, (error) =>
          logger.warn({ err: error }, 'Redis does not answer: calls are shared out among servers')
        )
  return new Quota({ ...options, alone, places, peers: () => ServerProcess.peers() })
}
