import type Alert from '#domain/alerts/alert'
import { whereToMend } from '#domain/alerts/where_to_mend'
import type Tenant from '#domain/tenants/tenant'

const MOST_NAMES = 5

export interface AlertMessage {
  subject: string
  text: string
  /** The same, for machines. */
  data: object
}

/** One message for all that is to be told at once. */
export function alertMessage(tenant: Tenant, alerts: Alert[], home: string): AlertMessage {
  const [first] = alerts
  const more = alerts.length > 1 ? ` and ${alerts.length - 1} more` : ''
  const within = `${home}/t/${tenant.slug}`
  const link = `${within}/alerts`
  const parts = alerts.map((alert) => {
    const times = alert.count > 1 ? `\n  ${alert.count} times` : ''
    const { text, path } = whereToMend(alert)
    return `${alert.title}\n  ${alert.detail}${namesOf(alert)}${times}\n  ${text}: ${within}${path}`
  })
  return {
    subject: `[${tenant.name}] ${first.title}${more}`.replace(/\s+/g, ' ').slice(0, 200),
    text: `${parts.join('\n\n')}\n\nAll alerts: ${link}\n`,
    data: {
      tenant: tenant.slug,
      link,
      alerts: alerts.map(({ id, kind, title, detail, subjects, count, firstAt, lastAt }) => ({
        ...{ id, kind, title, detail, count },
        link: `${within}${whereToMend({ kind, subjects }).path}`,
        subjects: subjects.map(({ noun, name }) => ({ noun, name })),
        firstAt: firstAt.toUTC().toISO(),
        lastAt: lastAt.toUTC().toISO(),
      })),
    },
  }
}

function namesOf({ subjects }: Alert): string {
  if (subjects.length < 2) return ''
  const names = subjects.slice(0, MOST_NAMES).map(({ name }) => name)
  const rest = subjects.length - names.length
  return `\n  ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
