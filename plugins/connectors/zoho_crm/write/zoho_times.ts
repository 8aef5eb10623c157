import type { StreamDescription } from '#sdk'

/**
 * Zoho wants times to the second with an offset in digits; the engine writes UTC as "Z", with
 * fractions. Within JSON the name in quotes can only be a key, so no other text is touched.
 * Null for a stream without times.
 */
export function zohoTimes({ fields }: StreamDescription): ((json: string) => string) | null {
  const names = fields
    .filter((field) => field.type === 'datetime' && !field.readOnly)
    .map((field) => RegExp.escape(field.name))
  if (names.length === 0) return null
  const times = new RegExp(
    `("(?:${names.join('|')})":"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)"`,
    'g'
  )
  const replaced = (_all: string, time: string, offset: string): string =>
    `${time}${offset === 'Z' ? '+00:00' : offset}"`
  return (json) => json.replace(times, replaced)
}
