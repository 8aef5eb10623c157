import type { SimulatedOrg } from '../simulated_org.js'

/** The org of a zgid or a company's name; the default one when none is said. */
export function findOrg(orgs: readonly SimulatedOrg[], name: string | null | undefined) {
  if (name === null || name === undefined) return orgs[0]
  const found = orgs.find(({ zgid, company }) => zgid === name || company === name)
  if (found) return found
  throw new Error(`No org "${name}"; there are ${orgs.map(({ zgid }) => zgid).join(', ')}`)
}
