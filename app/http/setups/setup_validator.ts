import vine from '@vinejs/vine'

export const setupValidator = vine.create({
  fullName: vine.string().trim().minLength(1).maxLength(120),
  email: vine.string().trim().toLowerCase().email().maxLength(254),
  password: vine.string().minLength(12).maxLength(200),
})
