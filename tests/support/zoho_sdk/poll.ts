import { setTimeout as sleep } from 'node:timers/promises'

const MOST_ASKED = 200

/** Asks until the answer is the one waited for. */
export async function poll<Answer>(
  ask: () => Promise<Answer>,
  isDone: (answer: Answer) => boolean
): Promise<Answer> {
  for (let asked = 0; asked < MOST_ASKED; asked += 1) {
    const answer = await ask()
    if (isDone(answer)) return answer
    await sleep(25)
  }
  throw new Error(`Asked ${MOST_ASKED} times, and it was never done`)
}
