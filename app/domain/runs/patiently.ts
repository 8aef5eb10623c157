import { setTimeout as wait } from 'node:timers/promises'

const TRIES = 4
const PAUSE = 50
/** The database rolled the transaction back for another's sake; done again, it usually goes through. */
const PASSING = ['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT']

/** Does a transaction again that lost against another one. It must have no effect outside the database. */
export async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === TRIES || !isPassing(error)) throw error
      await wait(PAUSE * tries)
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && PASSING.includes(String(error.code))
}
