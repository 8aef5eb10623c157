import type { Answers, Inquiry } from '#workers/messages'
import type { RunnerPool } from '#workers/runner_pool'

let current: RunnerPool | null = null

/** The runner threads of this process. Whoever starts them puts them here; null ends their use. */
export function useRunners(pool: RunnerPool | null): void {
  current = pool
}

export function hasRunners(): boolean {
  return current !== null
}

export function runners(): RunnerPool {
  if (current === null) throw new Error('The runners of this process have not been started')
  return current
}

/** Puts a question to a runner thread: plugin code never runs in the server's own thread. */
export function inquire<Name extends Inquiry['ask']>(
  inquiry: Extract<Inquiry, { ask: Name }>
): Promise<Answers[Name]> {
  return runners().inquire<Name>(inquiry)
}
