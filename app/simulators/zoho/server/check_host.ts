import { ApiFault } from './api_fault.js'

const LOCAL = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The API answers under its own names only; version 2 is too old to mind. */
export function checkHost(host: string | undefined, path: string, known: readonly string[]) {
  if (path.startsWith('/crm/v2/')) return
  const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null
  if (name && (LOCAL.has(name.hostname) || known.includes(name.hostname))) return
  if (name && known.includes(name.host)) return
  throw new ApiFault(400, 'INVALID_HOST', 'The host name given is not the one of the API')
}
