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
  runners: env.get('RUNNERS', 2),
  runnerHeapMb: env.get('RUNNER_HEAP_MB', 256),
  leaseSeconds: env.get('LEASE_SECONDS', 15),
}
