/** A tenant's own word on the credits of an account, in a connection file; null takes the vendor's. */
export interface CreditTerms {
  creditsPerDay: number | null
  reservePercent: number | null
}

const TERMS = [
  { key: 'perDay', least: 1, most: 1_000_000_000 },
  { key: 'reservePercent', least: 0, most: 90 },
]
const KNOWN = TERMS.map(({ key }) => key)

function isWithin(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most
}

/** What is wrong with `credits` of a file, as sentences. */
export function creditProblems(credits: { [name: string]: unknown }): string[] {
  const unknown = Object.keys(credits)
    .filter((key) => !KNOWN.includes(key))
    .map((key) => `credits.${key} is not known; known are: ${KNOWN.join(', ')}`)
  const wrong = TERMS.filter(({ key, least, most }) => {
    const value = credits[key] ?? null
    return value !== null && !isWithin(value, least, most)
  })
  return [
    ...unknown,
    ...wrong.map(
      ({ key, least, most }) =>
        `credits.${key} must be a whole number from ${least} to ${most.toLocaleString('en-US')}, or null for the usual`
    ),
  ]
}

export function creditTerms({ perDay, reservePercent }: { [name: string]: unknown }): CreditTerms {
  const number = (value: unknown) => (typeof value === 'number' ? value : null)
  return { creditsPerDay: number(perDay), reservePercent: number(reservePercent) }
}
