import { ConnectorError } from '#sdk'
import type { SearchHost } from './search_host.js'

/**
 * Counts credits to the plan. What comes to nothing because the run ends is planned again by its
 * next attempt; what the vendor refused for good was paid, and has none.
 */
export async function planWhile<Result>(
  run: Pick<SearchHost, 'credits'>,
  credits: number,
  work: () => Promise<Result>
): Promise<Result> {
  run.credits.planned += credits
  try {
    return await work()
  } catch (error) {
    if (!isRefusal(error)) run.credits.planned -= credits
    throw error
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof ConnectorError && (error.kind === 'config' || error.kind === 'auth')
}
