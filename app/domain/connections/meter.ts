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
  readonly #tallies = new Map<string, Tally>()

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
    const byRun = new Map<string, number>()
    for (const [name, tally] of this.#tallies) {
      this.#tallies.delete(name)
      try {
        await this.#write(tally)
      } catch (error) {
        this.#putBack(name, tally)
        throw error
      }
      if (tally.runId !== null) {
        byRun.set(tally.runId, (byRun.get(tally.runId) ?? 0) + tally.credits)
      }
    }
    return byRun
  }

  async #write({ connectionId, runId, calls, credits }: Tally): Promise<void> {
    const connection = await Connection.find(connectionId)
    // A sign-in that was only tried, or a connection deleted since: there is nobody to charge.
    if (connection === null) return
    const { tenantId } = connection
    await CreditEntry.create({
      ...{ id: uuid(), tenantId, connectionId, runId, calls, credits },
      spentAt: DateTime.utc(),
    })
  }

  #putBack(name: string, { calls, credits, ...tally }: Tally): void {
    const newer = this.#tallies.get(name)
    this.#tallies.set(name, {
      ...tally,
      calls: calls + (newer?.calls ?? 0),
      credits: credits + (newer?.credits ?? 0),
    })
  }
}
