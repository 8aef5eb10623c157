import env from '#start/env'
import { defineConfig, targets } from '@adonisjs/core/logger'

/** Only plain lines on standard output; nothing that a request carried besides method and path. */
export default defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'crossdock',
      level: env.get('LOG_LEVEL', 'info'),
      redact: { paths: ['*.password', '*.secret', '*.secrets', '*.token', '*.authorization'] },
      transport: { targets: [targets.file({ destination: 1 })] },
    },
  },
})
