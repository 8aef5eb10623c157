import logger from '@adonisjs/core/services/logger'
import mail from '@adonisjs/mail/services/main'
import { DateTime } from 'luxon'
import { appUrl } from '#config/app'
import { isMailSet } from '#config/mail'
import Alert from '#domain/alerts/alert'
import { alertMessage } from '#domain/alerts/alert_message'
import type { AlertMessage } from '#domain/alerts/alert_message'
import AlertReceiver from '#domain/alerts/alert_receiver'
import { postJson } from '#domain/alerts/post_json'
import { Refusal } from '#domain/refusal'
import Tenant from '#domain/tenants/tenant'

/** What has one cause gathers for so long before it is told. */
const GATHERS_FOR = 30_000
/** What goes on is told again after so long. */
const AGAIN_AFTER = 24 * 3_600_000
const CLAIMED_FOR = 60_000

/** Sends what is new to those who want to know. What could not be sent to anybody is tried again. */
export async function tellAlerts(now: number): Promise<void> {
  const due = await dueAlerts(now)
  const tenants = new Set(due.map(({ tenantId }) => tenantId))
  for (const tenantId of tenants) {
    const claimed: Alert[] = []
    for (const alert of due) {
      if (alert.tenantId === tenantId && (await claim(alert, now))) claimed.push(alert)
    }
    if (claimed.length > 0) await tell(await Tenant.findOrFail(tenantId), claimed, now)
  }
}

function dueAlerts(now: number): Promise<Alert[]> {
  return Alert.query()
    .whereNotNull('openKey')
    .where('firstAt', '<=', now - GATHERS_FOR)
    .where((query) => query.whereNull('claimedUntil').orWhere('claimedUntil', '<', now))
    .where((query) =>
      query
        .whereNull('toldAt')
        .orWhere((told) =>
          told.where('toldAt', '<', now - AGAIN_AFTER).whereColumn('count', '>', 'told_count')
        )
    )
    .limit(500)
}

/** A process that dies while it tells lets go of its claim after a minute: told twice beats never told. */
async function claim(alert: Alert, now: number): Promise<boolean> {
  const claimed = await Alert.query()
    .where('id', alert.id)
    .where((query) => query.whereNull('claimedUntil').orWhere('claimedUntil', '<', now))
    .update({ claimedUntil: now + CLAIMED_FOR })
  return Number(claimed) === 1
}

async function tell(tenant: Tenant, alerts: Alert[], now: number): Promise<void> {
  const receivers = await AlertReceiver.query().where('tenantId', tenant.id)
  const untold = new Set(alerts)
  for (const receiver of receivers) {
    const wanted = alerts.filter(({ kind }) => receiver.wants.includes(kind))
    if (wanted.length === 0) continue
    if (!(await isSent(receiver, alertMessage(tenant, wanted, appUrl), now))) continue
    for (const alert of wanted) untold.delete(alert)
  }
  const isTried = receivers.length > 0
  for (const alert of alerts) {
    const isWanted = receivers.some(({ wants }) => wants.includes(alert.kind))
    // Where nobody wants to know it is on the page alone, and nothing is owed.
    if (isTried && isWanted && untold.has(alert)) continue
    await Alert.query()
      .where('id', alert.id)
      .update({ toldAt: now, toldCount: alert.count, claimedUntil: null })
  }
}

/** Notes on the receiver how it went: a person must see that a receiver hears nothing. */
async function isSent(receiver: AlertReceiver, message: AlertMessage, now: number) {
  try {
    await sendTo(receiver, message)
    receiver.merge({ lastError: null, lastSentAt: DateTime.fromMillis(now) })
    return true
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    logger.warn({ receiver: receiver.id }, 'An alert could not be sent')
    receiver.lastError = reason.slice(0, 500)
    return false
  } finally {
    await receiver.save()
  }
}

export async function sendTo(receiver: AlertReceiver, message: AlertMessage): Promise<void> {
  const address = await receiver.address()
  if (receiver.kind === 'webhook') return postJson(address, message.data)
  if (!isMailSet) throw new Refusal('No mail can be sent: SMTP_HOST is not set in .env')
  await mail.send((letter) => {
    letter.to(address).subject(message.subject).text(message.text)
  })
}
