import { setTimeout as wait } from 'node:timers/promises'
import type { HttpResponse, RefusalCause } from '#sdk'

const TRIES = 8
const FIRST_WAIT = 100
const LONGEST_WAIT = 4_000

export interface Sent {
  answer: HttpResponse
  /** The limit that it hit, if it was refused. */
  refused: RefusalCause | null
}

/**
 * A vendor that refuses a call because others were under way has done nothing: the call goes
 * back to the end of the line and is sent again. Where credits are used up, waiting mends nothing.
 */
export async function retryRefused(
  send: () => Promise<Sent>,
  signal: AbortSignal
): Promise<HttpResponse> {
  for (let tries = 1; ; tries += 1) {
    const { answer, refused } = await send()
    if (refused === null || refused === 'credits' || tries === TRIES) return answer
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries)
    const pause = longest * (0.5 + Math.random() / 2)
    await wait(pause, undefined, { signal }).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error
    })
  }
}
