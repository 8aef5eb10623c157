import type { Outgoing } from './outgoing.js'

const isFaulty = ({ fault }: Outgoing) => fault !== null

/** Those with nothing wrong: all of them, as a rule, and then the same list. */
export function sound(all: Outgoing[]): Outgoing[] {
  return all.some(isFaulty) ? all.filter(({ fault }) => fault === null) : all
}
