import env from '#start/env'
import app from '@adonisjs/core/services/app'

const dataRoot = app.makePath(env.get('DATA_DIR', 'data'))

export default {
  masterKey: env.get('MASTER_KEY'),
  dataRoot,
  pluginsRoot: app.makePath('plugins'),
  /** Private addresses that connectors may reach, as host:port. */
  egressAllow: (env.get('EGRESS_ALLOW') ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
  runners: atLeast(1, 'RUNNERS', env.get('RUNNERS', 2)),
  runnerHeapMb: atLeast(128, 'RUNNER_HEAP_MB', env.get('RUNNER_HEAP_MB', 256)),
  /** Tests start threads by the hundred, for a moment each. */
  warmsRunners: env.get('NODE_ENV') !== 'test',
  /** Milliseconds: a source that takes longer to count keeps no other run waiting. A test's machine may be slow. */
  countsWithin: env.get('NODE_ENV') === 'test' ? 60_000 : 5_000,
  leaseSeconds: atLeast(1, 'LEASE_SECONDS', env.get('LEASE_SECONDS', 15)),
  /** Null where one server counts by itself. It may hold a password. */
  redisUrl: redisUrl(env.get('REDIS_URL') ?? ''),
  /** Where the internet reaches this server; null where it does not. */
  publicUrl: publicUrl(env.get('PUBLIC_URL') ?? ''),
}

function redisUrl(text: string): string | null {
  if (text.trim() === '') return null
  if (/^rediss?:\/\/[^/]/.test(text) && URL.canParse(text)) return text
  throw new Error('REDIS_URL in .env must look like redis://127.0.0.1:6379 or rediss://…')
}

function publicUrl(text: string): string | null {
  const plain = text.trim().replace(/\/+$/, '')
  if (plain === '') return null
  if (/^https?:\/\/[^/?#\s]+(\/[^?#\s]*)?$/.test(plain) && URL.canParse(plain)) return plain
  throw new Error('PUBLIC_URL in .env must look like https://crossdock.example.com')
}

function atLeast(least: number, name: string, value: number): number {
  if (value >= least) return value
  throw new Error(`${name} in .env must be at least ${least}, not ${value}`)
}
