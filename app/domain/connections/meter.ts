import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import Connection from '#domain/connections/connection'
import CreditEntry from '#domain/connections/credit_entry'
import OrgLimit from '#domain/limits/org_limit'

interface Tally {
  connectionId: string
  runId: string | null
  calls: number
  credits: number
}

/**
 * Counts calls and credits as they are sent, keeps what vendors say is left, and writes both down
 * now and then: one entry per run, and one word per account.
 */
export class Meter {
  #tallies = new Map<string, Tally>()
  #told = new Map<string, number>()
  /** Written down, and not yet answered by `flush`. */
  #byRun = new Map<string, number>()

  /** A call that turns out to have cost nothing is counted back. */
  count(
    connectionId: string,
    runId: string | null,
    { credits, calls }: { credits: number; calls: number },
    org?: string
  ): void {
    if (credits === 0) return
    const name = `${connectionId} ${runId}`
    const tally = this.#tallies.get(name) ?? { connectionId, runId, calls: 0, credits: 0 }
    tally.calls += calls
    tally.credits += credits
    this.#tallies.set(name, tally)
    const told = org === undefined ? undefined : this.#told.get(org)
    if (org !== undefined && told !== undefined) this.#told.set(org, told - credits)
  }

  /** What the vendor says is left of the account's credits, now. */
  tell(org: string, remaining: number): void {
    this.#told.set(org, remaining)
  }

  /** Counted and not yet written down. */
  pending(connectionIds: string[]): number {
    return [...this.#tallies.values()]
      .filter(({ connectionId }) => connectionIds.includes(connectionId))
      .reduce((sum, { credits }) => sum + credits, 0)
  }

  /** Writes what was counted since the last time; answers the credits of each run. */
  async flush(): Promise<Map<string, number>> {
    const tallies = [...this.#tallies.values()]
    const told = [...this.#told]
    const now = Date.now()
    this.#tallies = new Map()
    this.#told = new Map()
    while (tallies.length > 0) {
      try {
        await this.#write(tallies[0], now)
      } catch (error) {
        for (const tally of tallies) this.#putBack(tally)
        throw error
      }
      tallies.shift()
    }
    for (const [org, remaining] of told) await OrgLimit.tell(org, remaining, now)
    const byRun = this.#byRun
    this.#byRun = new Map()
    return byRun
  }

  async #write({ connectionId, runId, calls, credits }: Tally, now: number): Promise<void> {
    const connection = await Connection.find(connectionId)
    // A sign-in that was only tried, or a connection deleted since: there is nobody to charge.
    if (connection === null) return
    const { tenantId } = connection
    await CreditEntry.create({
      ...{ id: uuid(), tenantId, connectionId, runId, calls, credits },
      spentAt: DateTime.fromMillis(now),
    })
    if (runId !== null) this.#byRun.set(runId, (this.#byRun.get(runId) ?? 0) + credits)
  }

  #putBack({ calls, credits, ...tally }: Tally): void {
    const name = `${tally.connectionId} ${tally.runId}`
    const newer = this.#tallies.get(name)
    this.#tallies.set(name, {
      ...tally,
      calls: calls + (newer?.calls ?? 0),
      credits: credits + (newer?.credits ?? 0),
    })
  }
}
