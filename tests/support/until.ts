import { setTimeout as wait } from 'node:timers/promises'

const PATIENCE = 20_000

/** Asks again and again until the answer is there; gives up after a while. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | null | undefined | false>,
  patience = PATIENCE
): Promise<Answer> {
  const deadline = Date.now() + patience
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > deadline) throw new Error(`It did not happen in time: ${what}`)
    await wait(20)
  }
}
