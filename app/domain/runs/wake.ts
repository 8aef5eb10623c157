import { EventEmitter } from 'node:events'

/** Tells the dispatcher of this process that there may be work, ahead of its next look. */
export const dispatcherBell = new EventEmitter<{
  ring: []
  cancel: [runId: string]
  called: [serviceId: string, at: number]
}>()

export function wakeDispatcher(): void {
  dispatcherBell.emit('ring')
}
