export type Edition =
  | 'free'
  | 'starter'
  | 'standard'
  | 'professional'
  | 'enterprise'
  | 'zohoone'
  | 'ultimate'
  | 'crmplus'

interface EditionLimits {
  base: number
  perUser: number
  cap: number
  concurrency: number
}

const standard = { base: 50_000, perUser: 250, cap: 100_000, concurrency: 10 }
const enterprise = { base: 50_000, perUser: 1_000, cap: 5_000_000, concurrency: 20 }
const ultimate = { base: 50_000, perUser: 2_000, cap: Number.POSITIVE_INFINITY, concurrency: 25 }

export const editions: Record<Edition, EditionLimits> = {
  free: { base: 5_000, perUser: 0, cap: 5_000, concurrency: 5 },
  starter: standard,
  standard,
  professional: { base: 50_000, perUser: 500, cap: 3_000_000, concurrency: 15 },
  enterprise,
  zohoone: enterprise,
  ultimate,
  crmplus: ultimate,
}

export function dailyCredits(edition: Edition, users: number) {
  const { base, perUser, cap } = editions[edition]
  return Math.min(base + perUser * users, cap)
}
