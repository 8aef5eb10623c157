import type { StreamDescription } from '#sdk'

/**
 * Zoho wants times to the second with an offset in digits; the engine writes UTC as "Z", with
 * fractions. Within JSON the name in quotes can only be a key, so no other text is touched.
 */
export function zohoTimes(stream: StreamDescription, json: string): string {
  const names = stream.fields
    .filter((field) => field.type === 'datetime' && !field.readOnly)
    .map((field) => RegExp.escape(field.name))
  if (names.length === 0) return json
  const times = new RegExp(
    `("(?:${names.join('|')})":"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)"`,
    'g'
  )
  return json.replace(times, (_all, time: string, offset: string) => {
    return `${time}${offset === 'Z' ? '+00:00' : offset}"`
  })
}
