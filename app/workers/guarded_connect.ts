import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { ConnectorError } from '#sdk'
import type { Egress } from './egress.js'

const CONNECT_TIMEOUT = 10_000

/** Opens TCP connections for connectors that have the `tcp` permission. */
export function guardedConnect(egress: Egress, signal: AbortSignal) {
  return ({ host, port }: { host: string; port: number }): Promise<Socket> => {
    egress.check(host, port)
    const lookup = egress.isListed(host, port) ? {} : { lookup: egress.lookup }
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, noDelay: true, signal, ...lookup })
      socket.setTimeout(CONNECT_TIMEOUT, () => {
        socket.destroy()
        reject(notReached(host, port, 'it did not answer within 10 seconds'))
      })
      socket.once('error', (error) => {
        reject(
          error instanceof ConnectorError ? error : notReached(host, port, reason(error), error)
        )
      })
      socket.once('connect', () => {
        socket.setTimeout(0)
        resolve(socket)
      })
    })
  }
}

function reason(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'nothing listens there'
  if (error.code === 'ENOTFOUND') return 'there is no such host'
  return error.code ?? error.message
}

function notReached(host: string, port: number, why: string, cause?: Error): ConnectorError {
  return new ConnectorError('transient', `${host}:${port} cannot be reached: ${why}`, { cause })
}
