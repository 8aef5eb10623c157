import vine from '@vinejs/vine'
import { ALERT_KINDS } from '#domain/alerts/alert'

const wants = vine.array(vine.enum(ALERT_KINDS)).minLength(1)

export const receiverValidator = vine.create({
  kind: vine.enum(['mail', 'webhook'] as const),
  mail: vine.string().trim().email().maxLength(255).optional(),
  url: vine
    .string()
    .trim()
    .url({ protocols: ['http', 'https'], require_tld: false })
    .maxLength(2000)
    .optional(),
  wants,
})

export const wantsValidator = vine.create({ wants: wants.clone() })
