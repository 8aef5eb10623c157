import type { SimulatedPerson } from './simulated_person.js'

/** Stops a simulator in which nobody could sign in, or two as one. */
export function checkPeople(people: readonly SimulatedPerson[]) {
  if (!Array.isArray(people) || people.length === 0) {
    throw new Error('"people" must be a list of at least one person')
  }
  for (const { name, email, org } of people) {
    const isWhole = [name, email, org].every((text) => typeof text === 'string' && text !== '')
    if (!isWhole) throw new Error('Each of "people" needs a name, an email and an org')
  }
  if ((people[0].status ?? 'active') !== 'active')
    throw new Error('The first person must be active')
  const addresses = new Set(people.map(({ email }) => email))
  if (addresses.size < people.length) throw new Error('"people" must not share an email')
}
