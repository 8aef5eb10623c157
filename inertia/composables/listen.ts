import { Transmit } from '@adonisjs/transmit-client'

let transmit: Transmit | undefined
/** A channel that is left and opened again in one moment must not be left last. */
let last: Promise<unknown> = Promise.resolve()

interface Ear<Message> {
  hear: (message: Message) => void
  /** From now on nothing is missed; what was said before may have been. */
  onReady: () => void
}

/** Hears what the server says on a channel until it is told to stop. One stream serves all channels. */
export function listen<Message>(channel: string, { hear, onReady }: Ear<Message>): () => void {
  transmit ??= new Transmit({ baseUrl: window.location.origin, maxReconnectAttempts: 0 })
  const stream = transmit
  let isOver = false
  async function begin() {
    if (isOver) return null
    const subscription = stream.subscription(channel)
    subscription.onMessage<Message>((message) => {
      if (!isOver) hear(message)
    })
    await subscription.create()
    if (subscription.isCreated && !isOver) onReady()
    return subscription
  }
  const begun = last.then(begin)
  return () => {
    isOver = true
    last = begun.then((subscription) => subscription?.delete())
  }
}
