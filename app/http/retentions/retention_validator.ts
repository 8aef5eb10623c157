import vine from '@vinejs/vine'

const LONGEST = 3650

export const retentionValidator = vine.create({
  runDays: vine.number().withoutDecimals().range([1, LONGEST]),
  letterDays: vine.number().withoutDecimals().range([1, LONGEST]),
  megabytes: vine.number().withoutDecimals().range([1, 1_000_000]).nullable(),
})
