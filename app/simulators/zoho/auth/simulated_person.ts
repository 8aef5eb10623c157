/** Somebody who can sign in to Zoho and say yes. */
export interface SimulatedPerson {
  name: string
  email: string
  /** The company, each of which is an org of its own; the first person's is the default org. */
  org: string
  isAdmin?: boolean
  status?: 'active' | 'inactive' | 'deleted'
  isConfirmed?: boolean
}

export const defaultPeople: readonly SimulatedPerson[] = [
  {
    name: 'Sim Admin',
    email: 'sim.admin@example.com',
    org: 'Simulated Company',
    isAdmin: true,
  },
  { name: 'Rosa Writer', email: 'rosa.writer@example.com', org: 'Simulated Company' },
  {
    name: 'Idle Former',
    email: 'idle.former@example.com',
    org: 'Simulated Company',
    status: 'inactive',
  },
  { name: 'Otto Other', email: 'otto.other@example.com', org: 'Other Company', isAdmin: true },
]
