/** A number with its noun, as people read it: 1 call, 2,000 calls. */
export function amount(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`
}
