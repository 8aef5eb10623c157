import vine from '@vinejs/vine'

export const sessionValidator = vine.create({
  email: vine.string().trim().email().maxLength(254),
  password: vine.string().maxLength(200),
})
