import { appUrl } from '#config/app'
import { defineConfig } from '@adonisjs/shield'

export default defineConfig({
  csp: {
    enabled: true,
    directives: {
      defaultSrc: [`'self'`],
      scriptSrc: [`'self'`, '@nonce'],
      styleSrc: [`'self'`, `'unsafe-inline'`],
      imgSrc: [`'self'`, 'data:'],
      connectSrc: [`'self'`],
      frameAncestors: [`'none'`],
    },
    reportOnly: false,
  },
  csrf: {
    enabled: true,
    exceptRoutes: [
      '/hooks/:channelSecret',
      '/hooks/jobs/:runId/:token',
      // The secret of the address is the right, and a frame keeps no cookie to compare with.
      '/extension/:extensionKey/selections',
      '/x/:token/services/:service/runs',
    ],
    enableXsrfCookie: true,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },
  xFrame: { enabled: true, action: 'DENY' },
  hsts: { enabled: appUrl.startsWith('https:'), maxAge: '180 days' },
  contentTypeSniffing: { enabled: true },
})
