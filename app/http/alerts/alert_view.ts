import { ALERT_KINDS } from '#domain/alerts/alert'
import type Alert from '#domain/alerts/alert'
import type { AlertKind } from '#domain/alerts/alert'
import type AlertReceiver from '#domain/alerts/alert_receiver'
import { whereToMend } from '#domain/alerts/where_to_mend'
import type { Mending } from '#domain/alerts/where_to_mend'
import { instantText } from '#http/instant_text'

export type AlertRow = {
  id: string
  kind: AlertKind
  kindText: string
  title: string
  detail: string
  mend: Mending
  subjects: Array<{ noun: 'service' | 'connection'; id: string; name: string }>
  count: number
  firstAt: string | null
  lastAt: string | null
  toldAt: string | null
  closedAt: string | null
}

export type ReceiverRow = {
  id: string
  kind: 'mail' | 'webhook'
  shown: string
  wants: AlertKind[]
  lastError: string | null
  lastSentAt: string | null
}

export type KindChoice = { kind: AlertKind; text: string }

const TEXTS: { [kind in AlertKind]: string } = {
  failed: 'A run failed',
  partial: 'Records did not arrive',
  overdue: 'A run is overdue',
  silent: 'Nothing arrives any more',
  held: 'A run waits for a yes',
  paused: 'A service is paused',
  connection: 'A connection is broken',
  credits: 'Credits run low',
}

export const kindChoices: KindChoice[] = ALERT_KINDS.map((kind) => ({ kind, text: TEXTS[kind] }))

export function viewAlert(alert: Alert): AlertRow {
  const { id, kind, title, detail, subjects, count } = alert
  return {
    ...{ id, kind, title, detail, subjects, count, kindText: TEXTS[kind] },
    mend: whereToMend(alert),
    firstAt: instantText(alert.firstAt),
    lastAt: instantText(alert.lastAt),
    toldAt: instantText(alert.toldAt),
    closedAt: instantText(alert.closedAt),
  }
}

export function viewReceiver(receiver: AlertReceiver): ReceiverRow {
  const { id, kind, shown, wants, lastError, lastSentAt } = receiver
  return {
    ...{ id, kind, shown, wants, lastError },
    lastSentAt: instantText(lastSentAt),
  }
}
