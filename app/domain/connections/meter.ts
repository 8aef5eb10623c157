import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import Connection from '#domain/connections/connection'
import CreditEntry from '#domain/connections/credit_entry'

interface Tally {
  connectionId: string
  runId: string | null
  calls: number
  credits: number
}

/** Counts calls and credits as they are sent, and writes them down now and then as one entry per run. */
export class Meter {
  #tallies = new Map<string, Tally>()

  count(connectionId: string, runId: string | null, credits: number): void {
    if (credits === 0) return
    const name = `${connectionId} ${runId}`
    const tally = this.#tallies.get(name) ?? { connectionId, runId, calls: 0, credits: 0 }
    tally.calls += 1
    tally.credits += credits
    this.#tallies.set(name, tally)
  }

  /** Writes what was counted since the last time; answers the credits of each run. */
  async flush(): Promise<Map<string, number>> {
    const tallies = [...this.#tallies.values()]
    this.#tallies = new Map()
    const byRun = new Map<string, number>()
    for (const { connectionId, runId, calls, credits } of tallies) {
      const { tenantId } = await Connection.findOrFail(connectionId)
      const spentAt = DateTime.utc()
      await CreditEntry.create({
        id: uuid(),
        tenantId,
        connectionId,
        runId,
        calls,
        credits,
        spentAt,
      })
      if (runId !== null) byRun.set(runId, (byRun.get(runId) ?? 0) + credits)
    }
    return byRun
  }
}
