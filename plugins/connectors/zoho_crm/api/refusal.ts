import type { Refusal, RefusalCause } from '#sdk'

/** Zoho tells the cause of a 429 in its text alone, and words it now so, now so. */
export const refusal: Refusal = {
  status: 429,
  causes: [
    { says: 'sub[-_ ]?concurren', cause: 'lane' },
    { says: 'concurren|in process|simultaneous|parallel', cause: 'concurrency' },
    { says: 'credit|api limit|limit.{0,40}(day|24)|24 ?h|daily|quota', cause: 'credits' },
  ],
}

/** Null where the text names none. */
export function causeOf(text: string): RefusalCause | null {
  return refusal.causes.find(({ says }) => new RegExp(says, 'i').test(text))?.cause ?? null
}
