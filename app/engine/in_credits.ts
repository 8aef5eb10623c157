/** A price as a sentence says it. */
export function inCredits(credits: number): string {
  return credits === 1 ? '1 credit' : `${credits.toLocaleString('en-GB')} credits`
}
