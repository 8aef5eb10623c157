import type Alert from '#domain/alerts/alert'

/** What leads from an alert to its end: a place within the pages of its tenant, and what is there. */
export type Mending = { text: string; path: string }

export function whereToMend({ kind, subjects }: Pick<Alert, 'kind' | 'subjects'>): Mending {
  const [subject, ...others] = subjects
  if (kind === 'credits') return { text: 'See the credits', path: '/credits' }
  if (subject === undefined) return { text: 'See the alerts', path: '/alerts' }
  if (subject.noun === 'connection') {
    return { text: 'See the connection', path: `/connections/${subject.id}` }
  }
  const ofService = others.length === 0 ? `service=${subject.id}&` : ''
  if (kind === 'failed') return { text: 'See the runs', path: `/runs?${ofService}state=failed` }
  if (kind === 'held') return { text: 'See the runs', path: `/runs?${ofService}state=held` }
  if (kind === 'partial') {
    return { text: 'Repair the records', path: `/services/${subject.id}/dead-letters` }
  }
  if (others.length > 0) return { text: 'See the services', path: '/services' }
  return { text: 'See the service', path: `/services/${subject.id}` }
}
