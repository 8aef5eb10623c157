import vine from '@vinejs/vine'

export const templateUpdateValidator = vine.create(
  vine.object({
    version: vine.string().maxLength(40),
    revision: vine.number().withoutDecimals(),
    choices: vine.record(vine.enum(['mine', 'theirs'] as const)).optional(),
  })
)
