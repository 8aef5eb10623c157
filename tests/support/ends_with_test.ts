import { getActiveTest } from '@japa/runner'

/**
 * `end`, to be called once: by the test, or after it however it ended. What outlives a red test
 * reddens others.
 */
export function endsWithTest(end: () => Promise<void>): () => Promise<void> {
  let ended: Promise<void> | null = null
  const once = () => (ended ??= end())
  getActiveTest()?.cleanup(once)
  return once
}
