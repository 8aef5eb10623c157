import vine from '@vinejs/vine'

/** What the inputs must hold is the action's business; it answers with a sentence of its own. */
export const actionValidator = vine.create({
  action: vine.string().maxLength(120),
  inputs: vine.record(vine.any().nullable()),
})
