import { utcOf } from '../time/parse_time.js'
import type { ZoneTime } from '../time/zone_time.js'

const TOKENS: Record<string, string> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d\\d)',
  dd: '(?<day>\\d\\d)',
  HH: '(?<hour>\\d\\d)',
  mm: '(?<minute>\\d\\d)',
  ss: '(?<second>\\d\\d)',
  XXX: '(?<zone>[+-]\\d\\d:\\d\\d|Z)',
  Z: '(?<zone>[+-]\\d\\d:?\\d\\d)',
}

/** A date or datetime format of a CSV column, such as `MM/dd/yyyy HH:mm:ss`. */
export class CellTime {
  #pattern: RegExp

  constructor(readonly format: string) {
    const source = format.replaceAll(
      /'([^']*)'|(yyyy|MM|dd|HH|mm|ss|XXX|Z)|([A-Za-z]+)|([^A-Za-z'])/g,
      (
        _all,
        quoted: string | undefined,
        token: string | undefined,
        word?: string,
        sign?: string
      ) => {
        if (word) throw new Error(`"${word}" is no part of a date format`)
        return token ? TOKENS[token] : RegExp.escape(quoted ?? sign ?? '')
      }
    )
    this.#pattern = new RegExp(`^${source}$`)
  }

  #parts(cell: string) {
    const groups = this.#pattern.exec(cell)?.groups
    if (!groups) return null
    const number = (name: string) => Number(groups[name] ?? 0)
    const at = utcOf(
      number('year'),
      number('month'),
      number('day'),
      number('hour'),
      number('minute'),
      number('second')
    )
    return at === null ? null : { at, zone: groups.zone as string | undefined }
  }

  date(cell: string) {
    const parts = this.#parts(cell)
    return parts ? new Date(parts.at).toISOString().slice(0, 10) : null
  }

  /** Milliseconds; without an offset in the cell it is the user's own zone. */
  instant(cell: string, zone: ZoneTime) {
    const parts = this.#parts(cell)
    if (!parts) return null
    if (parts.zone === undefined) return zone.instant(parts.at)
    const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(parts.zone) ?? [
      '',
      '+',
      '0',
      '0',
    ]
    const offset = (Number(hours) * 60 + Number(minutes)) * 60_000
    return parts.at - (sign === '-' ? -offset : offset)
  }
}
