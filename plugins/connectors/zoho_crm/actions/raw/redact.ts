import type { Value } from '#sdk'

const HIDDEN = '(hidden)'
const HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'www-authenticate']
const SECRET_NAME = /token|secret|password|passwd|authorization|api_?key|zapikey|cookie|credential/i
/** Tokens as Zoho writes them, wherever they stand. */
const SECRET_TEXT = /\b1000\.[0-9a-z]{8,}(\.[0-9a-z]+)?|Zoho-oauthtoken\s+\S+|Bearer\s+\S+/gi

/** Names that look like secrets and are none. */
const HARMLESS = ['next_page_token', 'previous_page_token', 'page_token', 'page_token_expiry']

export function withoutSecrets(value: Value, name = ''): Value {
  if (typeof value === 'string') {
    return SECRET_NAME.test(name) && !HARMLESS.includes(name)
      ? HIDDEN
      : value.replace(SECRET_TEXT, HIDDEN)
  }
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(each, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withoutSecrets(each, key)])
  )
}

export function headersWithoutSecrets(headers: { [name: string]: string }): Value {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      HEADERS.includes(name.toLowerCase()) ? HIDDEN : withoutSecrets(value, name),
    ])
  )
}
