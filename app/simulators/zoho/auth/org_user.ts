import { idNumbers } from '../metadata/id_numbers.js'
import type { IdSource } from '../store/id_source.js'
import type { SimulatedPerson } from './simulated_person.js'

/** A user as lookups show one. */
export interface OrgUser {
  id: string
  name: string
  email: string
}

/** Companies in the order in which people name them. */
export const companiesOf = (people: readonly SimulatedPerson[]) => [
  ...new Set(people.map(({ org }) => org)),
]

export interface Member {
  user: OrgUser
  person: SimulatedPerson
}

export function membersOf(people: readonly SimulatedPerson[], company: string, ids: IdSource) {
  return people
    .filter(({ org }) => org === company)
    .map((person, position): Member => {
      const id = ids.fixed(idNumbers.users + position)
      return { user: { id, name: person.name, email: person.email }, person }
    })
}
