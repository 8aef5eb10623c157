import type { SyncInput } from '#engine/sync_input'
import type { DuplicatePolicy, RecordValues, Route } from '#sdk'
import { makeInput } from './make_input.js'
import { MemoryLedger } from './memory_ledger.js'
import { memorySource } from './memory_source.js'
import { MemoryTarget } from './memory_target.js'
import { runUntilDone } from './run_until_done.js'

export const order = (id: number, ref: string, name = `Order ${id}`): RecordValues => ({
  id,
  ref,
  name,
})

export class Stage {
  readonly ledger = new MemoryLedger()
  readonly target = new MemoryTarget('Ref')
  records: RecordValues[] = []
  pageSize = () => 2
  chance: () => number = () => 0.5
  crashes = 0
  /** How often a run was begun again, after a crash. */
  restarts = 0

  constructor(
    readonly policy: DuplicatePolicy,
    readonly routesOf: (target: MemoryTarget) => Route[] = WAYS['by call']
  ) {}

  input(): SyncInput {
    const input = makeInput({
      source: memorySource(this.records, this.pageSize),
      routes: this.routesOf(this.target),
      ledger: this.ledger.lease(),
      target: { lookup: this.target.lookup },
      random: this.chance,
    })
    input.definition.source.duplicates = this.policy
    return input
  }

  async run() {
    this.ledger.newRun()
    const report = await runUntilDone(
      () => this.input(),
      (attempt) => {
        if (attempt > 0) this.restarts++
        const risk = attempt > 40 ? 0 : this.crashes
        const roll = () => (this.chance() < 0.5 ? 'before' : 'after')
        this.ledger.doom = () => (this.chance() < risk ? roll() : null)
      }
    )
    return report
  }

  get names(): Map<string, string> {
    return new Map(
      [...this.target.records.values()].map(({ Ref, Name }) => [String(Ref), String(Name)])
    )
  }
}

export const WAYS: { [name: string]: (target: MemoryTarget) => Route[] } = {
  'by call': (target) => [target.callRoute(['upsert'], ['upsert'], 7)],
  'by job': (target) => [target.jobRoute(['upsert'], ['upsert'], 23)],
  'by either': (target) => [
    target.callRoute(['upsert'], ['upsert'], 7),
    { ...target.jobRoute(['upsert'], ['upsert'], 23), cost: () => 3 },
  ],
}
