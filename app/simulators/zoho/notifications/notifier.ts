import type { SimulatedOrg } from '../simulated_org.js'
import type { LedgerEntry } from '../store/ledger.js'
import type { StoredValues } from '../store/stored_record.js'
import type { WriteListener } from '../store/write_listener.js'
import { changedFields, meets } from './changed_fields.js'
import type { Channel } from './channel.js'
import { DeliveryLines } from './delivery_lines.js'
import { notificationBody } from './notification_body.js'
import { eventOf, type WriteNote } from './write_note.js'

const HELD_MS = 1_000

/** Tells the channels of writes; those of one call, module and kind go in one notification. */
export class Notifier implements WriteListener {
  #notes: WriteNote[] = []
  readonly lines: DeliveryLines

  constructor(readonly org: SimulatedOrg) {
    this.lines = new DeliveryLines(org)
  }

  get waiting() {
    return this.#notes.length + this.lines.waiting
  }

  wrote(entry: LedgerEntry, before: StoredValues | null) {
    if (this.#notes.length === 0) setImmediate(() => this.#tell())
    const changed = entry.action === 'delete' ? [] : changedFields(before, entry.values)
    this.#notes.push({ entry, changed })
  }

  #tell() {
    const notes = Object.groupBy(
      this.#notes,
      ({ entry }) => `${entry.module}.${eventOf[entry.action]}`
    )
    this.#notes = []
    if (this.org.isClosed) return
    for (const [event, group = []] of Object.entries(notes)) {
      for (const channel of this.org.channels.values()) this.#tellChannel(channel, event, group)
    }
  }

  #tellChannel(channel: Channel, event: string, notes: readonly WriteNote[]) {
    const [module] = event.split('.')
    const isWatched = channel.events.some(
      (watched) =>
        watched.module === module &&
        (watched.operation === 'all' || `${module}.${watched.operation}` === event)
    )
    if (!isWatched) return
    const { suppressed } = this.org.notifications
    if (channel.expiresAt <= this.org.clock.now()) {
      suppressed.expired += 1
      return
    }
    const wanted = notes.filter((note) => isWanted(channel, note))
    if (wanted.length === 0) suppressed.condition += 1
    const size = this.org.options.notifyIds
    for (let from = 0; from < wanted.length; from += size) {
      this.#deliver(channel, event, wanted.slice(from, from + size))
    }
  }

  #deliver(channel: Channel, event: string, notes: readonly WriteNote[]) {
    const { faults, notifications } = this.org
    const delivery = { url: channel.notifyUrl, body: notificationBody(this.org, channel, notes) }
    const path = `/notify/${channel.id}/${event.replace('.', '/')}`
    const struck = faults.strikeDelivery('NOTIFY', path)
    const find = (kind: string) => struck.find((fault) => fault.kind === kind)
    if (find('notify_drop')) {
      notifications.suppressed.dropped += 1
      return
    }
    const disorder = struck.find((fault) => fault.kind === 'notify_disorder')
    if (disorder) {
      notifications.injected.disordered += 1
      this.lines.hold(channel.id, delivery, disorder.ms ?? HELD_MS)
    } else this.lines.add(channel.id, delivery)
    if (!find('notify_duplicate')) return
    notifications.injected.duplicated += 1
    this.lines.add(channel.id, delivery)
  }
}

/** Conditions look at edits alone. */
function isWanted({ conditions }: Channel, { entry, changed }: WriteNote) {
  if (entry.action !== 'update') return true
  const own = conditions.filter(({ module }) => module === entry.module)
  const names = new Set(changed)
  return own.length === 0 || own.some((condition) => meets(condition, names))
}
