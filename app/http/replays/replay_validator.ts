import vine from '@vinejs/vine'

/** Without ids every open dead letter of the service is sent again. */
export const replayValidator = vine.create({
  ids: vine.array(vine.string().uuid()).minLength(1).maxLength(1000).optional(),
})
