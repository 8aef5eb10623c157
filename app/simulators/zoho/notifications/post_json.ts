import type { SimulatedOrg } from '../simulated_org.js'

const LOOPBACK = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/

/** A test's receiver is on this machine; the simulator calls nobody else. */
export function isLoopback(text: unknown) {
  if (typeof text !== 'string' || !URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return (protocol === 'http:' || protocol === 'https:') && LOOPBACK.test(hostname)
}

/** Posts once; what was wrong, or null when the receiver took it. */
export async function postJson(org: SimulatedOrg, url: string, body: unknown) {
  if (!isLoopback(url)) return 'not a loopback address'
  const timeout = AbortSignal.timeout(org.options.postTimeoutMs)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json;charset=UTF-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.any([org.closing.signal, timeout]),
      redirect: 'manual',
    })
    await response.arrayBuffer()
    return response.ok ? null : `HTTP ${response.status}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
