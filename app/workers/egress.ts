import { lookup } from 'node:dns'
import type { LookupAddress, LookupOptions } from 'node:dns'
import ipaddr from 'ipaddr.js'
import { ConnectorError } from '#sdk'

type Answer = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number
) => void

/** True for addresses of the public internet: not private, loopback, link-local, mapped or reserved. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

/**
 * Decides what connectors may reach. Public addresses: the hosts of the manifest. Private
 * ones: only what the operator lists as host:port.
 */
export class Egress {
  readonly #allow: Set<string>
  readonly #hosts: string[]

  constructor(operatorAllows: string[], manifestHosts: string[]) {
    this.#allow = new Set(operatorAllows.map((entry) => entry.toLowerCase()))
    this.#hosts = manifestHosts.map((host) => host.toLowerCase())
  }

  isListed(host: string, port: number): boolean {
    return this.#allow.has(`${host.toLowerCase()}:${port}`)
  }

  /** Throws unless the address may be tried; a name is judged again when it is resolved. */
  check(host: string, port: number): void {
    if (this.isListed(host, port)) return
    const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
    const isAddress = ipaddr.isValid(bare)
    if (isAddress && isPublic(bare) && this.#hosts.includes('*')) return
    if (!isAddress && this.#hosts.some((pattern) => matches(pattern, bare))) return
    throw refused(host, port)
  }

  /** For `net` and `tls`: resolves a name, and refuses one that leads to a private address. */
  readonly lookup = (hostname: string, options: LookupOptions, answer: Answer): void => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, [])
      const hidden = addresses.find(({ address }) => !isPublic(address))
      if (hidden !== undefined) return answer(refused(hostname, null), [])
      const [first] = addresses
      if (options.all) return answer(null, addresses)
      if (first === undefined) return answer(new Error(`No address for ${hostname}`), [])
      return answer(null, first.address, first.family)
    })
  }
}

function matches(pattern: string, host: string): boolean {
  if (pattern === '*') return true
  if (!pattern.startsWith('*.')) return pattern === host
  return host.endsWith(pattern.slice(1)) && !host.slice(0, 1 - pattern.length).includes('.')
}

function refused(host: string, port: number | null): ConnectorError {
  const address = port === null ? host : `${host}:${port}`
  return new ConnectorError(
    'config',
    `${address} may not be reached from here: it is not among the hosts of this connector, or it is a private address. The operator can allow it by adding it to EGRESS_ALLOW in .env as host:port`
  )
}
