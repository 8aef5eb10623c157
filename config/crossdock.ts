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
  leaseSeconds: atLeast(1, 'LEASE_SECONDS', env.get('LEASE_SECONDS', 15)),
}

function atLeast(least: number, name: string, value: number): number {
  if (value >= least) return value
  throw new Error(`${name} in .env must be at least ${least}, not ${value}`)
}
