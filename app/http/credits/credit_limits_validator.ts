import vine from '@vinejs/vine'

export const creditLimitsValidator = vine.create({
  creditsPerDay: vine.number().withoutDecimals().range([1, 1_000_000_000]).nullable(),
  reservePercent: vine.number().withoutDecimals().range([0, 90]).nullable(),
})
