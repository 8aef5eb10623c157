import { Redis } from 'ioredis'
import { reason } from '#commands/doctor_parts/reason'

const PATIENCE = 3_000

/** What is said names no password. */
export async function askRedis(url: string | null): Promise<string> {
  if (url === null) return 'not set: this server counts calls by itself, which is right for one'
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE,
    commandTimeout: PATIENCE,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  const { host } = new URL(url)
  let trouble: unknown = null
  client.on('error', (error: Error) => (trouble = error))
  try {
    await client.connect()
    await client.ping()
    return `${host} answers`
  } catch (error) {
    const why = reason(trouble ?? error)
    throw new Error(`${host} does not answer (${why}): start it, or mend REDIS_URL in .env`)
  } finally {
    client.disconnect()
  }
}
