import type { Outgoing } from './outgoing.js'

/** Those with nothing wrong: all of them, as a rule, and then the same list. */
export function sound(all: Outgoing[]): Outgoing[] {
  return all.some(({ fault }) => fault !== null) ? all.filter(({ fault }) => fault === null) : all
}
