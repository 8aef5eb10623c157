import vine from '@vinejs/vine'

const LONGEST = 100_000

export const letterEditValidator = vine.create({
  texts: vine.record(vine.string().maxLength(LONGEST).nullable()),
})

/** One value for a source field of all open failed records with one cause. */
export const groupEditValidator = vine.create({
  code: vine.string().maxLength(120).nullable(),
  field: vine.string().maxLength(120).nullable(),
  run: vine.string().uuid().nullable(),
  name: vine.string().maxLength(255),
  text: vine.string().maxLength(LONGEST).nullable(),
  sendsSound: vine.boolean(),
})
