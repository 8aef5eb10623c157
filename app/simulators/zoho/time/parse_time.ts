const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const DATETIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):(\d\d))$/

export function utcOf(year: number, month: number, day: number, h = 0, m = 0, s = 0) {
  const at = Date.UTC(year, month - 1, day, h, m, s)
  const date = new Date(at)
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return real && h < 24 && m < 60 && s < 60 ? at : null
}

export function isDate(text: string) {
  const found = DATE.exec(text)
  return found !== null && utcOf(Number(found[1]), Number(found[2]), Number(found[3])) !== null
}

/** Milliseconds of a datetime as Zoho accepts it: offset needed (its own SDK says Z), no milliseconds. */
export function parseDatetime(text: string) {
  const found = DATETIME.exec(text)
  if (!found) return null
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number)
  const at = utcOf(year, month, day, hour, minute, second)
  const [hours, minutes] = [found[8] ?? 0, found[9] ?? 0].map(Number)
  const offset = hours * 60 + minutes
  if (at === null || offset > 14 * 60 || minutes > 59) return null
  return at - (found[7] === '-' ? -offset : offset) * 60_000
}
