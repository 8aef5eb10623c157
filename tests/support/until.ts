import { setTimeout as wait } from 'node:timers/promises'
import { onlyInThisTest } from '#tests/support/only_in_this_test'

const PATIENCE = 120_000

/** Asks again and again until the answer is there; gives up after a while. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | null | undefined | false>,
  patience = PATIENCE
): Promise<Answer> {
  const stillHere = onlyInThisTest()
  const deadline = Date.now() + patience
  for (;;) {
    stillHere()
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > deadline) throw new Error(`It did not happen in time: ${what}`)
    await wait(20)
  }
}
