import type { Refusal, RefusalCause } from '#sdk'

const AT_ONCE = 'concurren|in process|simult|parallel|gleichzeitig|同時|同时|并发|並行'
/** The number of hours is the same in all languages. */
const CREDITS = 'cr[eé]d|guthaben|クレジット|积分|額度|额度'
const OF_DAY = 'api limit|limit.{0,40}day|daily|quota|(?<!\\d)24(?!\\d)'

/**
 * Zoho tells the cause of a 429 in its text alone, words it now so, now so, and in the language
 * of the user.
 */
export const refusal: Refusal = {
  status: 429,
  causes: [
    { says: 'sub[-_ ]?concurren', cause: 'lane' },
    { says: AT_ONCE, cause: 'concurrency' },
    { says: `${CREDITS}|${OF_DAY}`, cause: 'credits' },
  ],
}

/** Null where the text names none. */
export function causeOf(text: string): RefusalCause | null {
  return refusal.causes.find(({ says }) => new RegExp(says, 'i').test(text))?.cause ?? null
}
