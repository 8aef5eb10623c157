import type { Limits } from '#sdk'

const concurrency: { [edition: string]: number } = {
  free: 5,
  standard: 10,
  starter: 10,
  professional: 15,
  enterprise: 20,
  zohoone: 20,
  ultimate: 25,
  crmplus: 25,
}

/** Calls at once by edition; an edition that is not known gets the least. */
export function editionLimits(edition: string | undefined): Limits {
  const name = (edition ?? '').toLowerCase().replace(/[^a-z]/g, '')
  const known = Object.keys(concurrency).find((each) => name.startsWith(each))
  return { concurrency: concurrency[known ?? 'free'], lanes: { heavy: 10 } }
}
