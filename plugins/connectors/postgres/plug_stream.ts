import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** The driver opens its stream itself; ours is open already. */
export function plugStream(stream: Duplex): Duplex {
  return Object.assign(stream, {
    connect() {
      queueMicrotask(() => stream.emit('connect'))
      return stream
    },
    setNoDelay() {
      if (stream instanceof Socket) Socket.prototype.setNoDelay.call(stream, true)
      return stream
    },
  })
}
