import env from '#start/env'
import { defineConfig, transports } from '@adonisjs/mail'

const host = env.get('SMTP_HOST') ?? ''
const port = env.get('SMTP_PORT', 587)
const user = env.get('SMTP_USER') ?? ''

/** Where mail is handed over, and in whose name. */
export const mailServer = { host, port, from: env.get('MAIL_FROM') ?? '' }

/** Whether the operator has said how mail leaves this server. */
export const isMailSet = host !== ''

export default defineConfig({
  default: 'smtp',
  from: env.get('MAIL_FROM') ?? 'crossdock@localhost',
  mailers: {
    smtp: transports.smtp({
      host,
      port,
      secure: port === 465,
      connectionTimeout: 10_000,
      socketTimeout: 20_000,
      ...(user === ''
        ? {}
        : {
            auth: { type: 'login' as const, user, pass: env.get('SMTP_PASSWORD')?.release() ?? '' },
          }),
    }),
  },
})
