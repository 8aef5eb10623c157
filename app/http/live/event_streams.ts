import type { ServerResponse } from 'node:http'
import app from '@adonisjs/core/services/app'
import transmit from '@adonisjs/transmit/services/main'

const open = new Set<ServerResponse>()
let isEnding = false

/**
 * Cuts the streams to pages when the server is told to end: it would wait for each as long as
 * somebody looks. The pages ask from then on, and come to hear of the next server.
 */
export function endStreamsWithServer(): void {
  transmit.on('connect', ({ context }) => {
    const { response } = context.response
    if (isEnding) return void response.destroy()
    open.add(response)
    response.once('close', () => open.delete(response))
  })
  // The latest hook is called first: before the one by which the server waits for its connections.
  app.ready(() => {
    app.terminating(() => {
      isEnding = true
      for (const response of open) response.destroy()
    })
  })
}
