import { hash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import Alert from '#domain/alerts/alert'
import type { AlertKind, Subject } from '#domain/alerts/alert'
import { isTaken } from '#domain/is_taken'

const LONGEST_TITLE = 255
const LONGEST_DETAIL = 4000
const MOST_SUBJECTS = 50
/** What comes back after so long without it is news. */
const PEACE = 3_600_000
const COMES_AND_GOES: AlertKind[] = ['failed', 'connection']

export interface Trouble {
  tenantId: string
  kind: AlertKind
  /** What makes two troubles one: the same text, the same alert. */
  cause: string
  title: string
  detail: string
  subject: Subject
}

const openKeyOf = ({ tenantId, kind, cause }: Trouble) =>
  `${tenantId}:${kind}:${hash('sha256', cause, 'base64url')}`

/** Opens an alert, or adds to the one that the same cause has open, or had until just now. */
export async function raiseAlert(trouble: Trouble, now: number): Promise<void> {
  if (await addTo(trouble, now)) return
  if (COMES_AND_GOES.includes(trouble.kind) && (await reopen(trouble, now))) return
  try {
    await Alert.create({
      tenantId: trouble.tenantId,
      kind: trouble.kind,
      openKey: openKeyOf(trouble),
      title: trouble.title.slice(0, LONGEST_TITLE),
      detail: trouble.detail.slice(0, LONGEST_DETAIL),
      subjects: [trouble.subject],
      count: 1,
      toldCount: 0,
      firstAt: DateTime.fromMillis(now),
      lastAt: DateTime.fromMillis(now),
    })
  } catch (error) {
    if (!isTaken(error)) throw error
    await addTo(trouble, now)
  }
}

/** It was told when it came first: who hears of it each time hears nothing any more. */
async function reopen(trouble: Trouble, now: number): Promise<boolean> {
  const { tenantId, kind, title } = trouble
  const closed = await Alert.query()
    .where({ tenantId, kind, title: title.slice(0, LONGEST_TITLE) })
    .whereNull('openKey')
    .where('closedAt', '>', now - PEACE)
    .orderBy('closedAt', 'desc')
    .first()
  if (closed === null) return false
  try {
    closed.merge({ openKey: openKeyOf(trouble), closedAt: null, subjects: [] })
    await closed.save()
  } catch (error) {
    if (!isTaken(error)) throw error
  }
  return addTo(trouble, now)
}

function addTo(trouble: Trouble, now: number): Promise<boolean> {
  return db.transaction(async (client) => {
    const open = await Alert.query({ client })
      .where('openKey', openKeyOf(trouble))
      .forUpdate()
      .first()
    if (open === null) return false
    const isKnown = open.subjects.some(({ id }) => id === trouble.subject.id)
    open.merge({
      count: open.count + 1,
      lastAt: DateTime.fromMillis(now),
      subjects:
        isKnown || open.subjects.length >= MOST_SUBJECTS
          ? open.subjects
          : [...open.subjects, trouble.subject],
    })
    await open.save()
    return true
  })
}

/** A subject is well again: alerts of these kinds that are about nothing else are over. */
export async function calmAlerts(
  tenantId: string,
  kinds: AlertKind[],
  subjectId: string,
  now: number
): Promise<void> {
  const open = await Alert.query()
    .where('tenantId', tenantId)
    .whereIn('kind', kinds)
    .whereNotNull('openKey')
  for (const alert of open.filter(({ subjects }) => subjects.some(({ id }) => id === subjectId))) {
    const subjects = alert.subjects.filter(({ id }) => id !== subjectId)
    if (subjects.length === 0) {
      alert.merge({ openKey: null, closedAt: DateTime.fromMillis(now) })
    } else alert.merge({ subjects })
    await alert.save()
  }
}
