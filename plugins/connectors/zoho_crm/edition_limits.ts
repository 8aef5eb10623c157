import type { Limits } from '#sdk'

interface Edition {
  concurrency: number
  /** Credits of any 24 hours: a base and a share per user licence, up to a cap. */
  credits: [base: number, perUser: number, cap: number]
}

const PLAIN = Number.MAX_SAFE_INTEGER
const editions: { [name: string]: Edition } = {
  free: { concurrency: 5, credits: [5_000, 0, 5_000] },
  standard: { concurrency: 10, credits: [50_000, 250, 100_000] },
  starter: { concurrency: 10, credits: [50_000, 250, 100_000] },
  professional: { concurrency: 15, credits: [50_000, 500, 3_000_000] },
  enterprise: { concurrency: 20, credits: [50_000, 1_000, 5_000_000] },
  zohoone: { concurrency: 20, credits: [50_000, 1_000, 5_000_000] },
  ultimate: { concurrency: 25, credits: [50_000, 2_000, PLAIN] },
  crmplus: { concurrency: 25, credits: [50_000, 2_000, PLAIN] },
}

/** Calls at once and credits by edition; an edition that is not known gets the least. */
export function editionLimits(edition: string | undefined, users = 0): Limits {
  const name = (edition ?? '').toLowerCase().replace(/[^a-z]/g, '')
  const known = Object.keys(editions).find((each) => name.startsWith(each)) ?? 'free'
  const { concurrency, credits } = editions[known]
  const [base, perUser, cap] = credits
  return {
    concurrency,
    lanes: { heavy: 10 },
    dailyCredits: Math.min(base + perUser * Math.max(0, users), cap),
  }
}
