import { onUnmounted } from 'vue'
import { Transmit } from '@adonisjs/transmit-client'

let transmit: Transmit | undefined

/** Hears what the server says on a channel until the page is left. One stream serves all channels. */
export function listen<Message>(channel: string, hear: (message: Message) => void): void {
  transmit ??= new Transmit({ baseUrl: window.location.origin, maxReconnectAttempts: 0 })
  const subscription = transmit.subscription(channel)
  subscription.onMessage<Message>(hear)
  void subscription.create()
  onUnmounted(() => void subscription.delete())
}
