import type { SimulatedOrg } from '../simulated_org.js'
import type { StoredRecord, StoredValue } from '../store/stored_record.js'
import type { Snapshot } from './take_snapshot.js'

const FOLDED = 74

/** Marks that mean something in iCalendar are escaped, long lines folded. */
function line(name: string, value: StoredValue | undefined) {
  if (value === undefined || value === null) return ''
  const text = String(value)
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll(/\r?\n/g, String.raw`\n`)
  const signs = [...`${name}:${text}`]
  const parts = Array.from({ length: Math.ceil(signs.length / FOLDED) }, (_, at) =>
    signs.slice(at * FOLDED, (at + 1) * FOLDED).join('')
  )
  return `${parts.join('\r\n ')}\r\n`
}

function instant(value: StoredValue | undefined) {
  if (typeof value !== 'number') return null
  return `${new Date(value).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

function event({ id, values, modifiedAt }: StoredRecord) {
  return [
    'BEGIN:VEVENT\r\n',
    line('UID', id),
    line('DTSTAMP', instant(modifiedAt)),
    line('DTSTART', instant(values.Start_DateTime)),
    line('DTEND', instant(values.End_DateTime)),
    line('SUMMARY', values.Event_Title),
    line('LOCATION', values.Venue),
    line('DESCRIPTION', values.Description),
    'END:VEVENT\r\n',
  ].join('')
}

/** Events as a calendar file, one at a time. */
export function* snapshotIcs({ company }: SimulatedOrg, { rows }: Snapshot): Generator<string> {
  yield `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${line('PRODID', `-//${company}//Zoho CRM simulator`)}`
  for (const { record } of rows) yield event(record)
  yield 'END:VCALENDAR\r\n'
}
