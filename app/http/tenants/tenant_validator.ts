import vine from '@vinejs/vine'

export const tenantValidator = vine.create({
  name: vine.string().trim().minLength(1).maxLength(120),
  slug: vine
    .string()
    .trim()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/),
})
