import { TokenDesk } from './auth/token_desk.js'
import type { BulkJob, UploadedFile } from './bulk/bulk_job.js'
import type { ReadJob } from './bulk/read_job.js'
import { CallStats } from './control/call_stats.js'
import { FaultPlan } from './control/fault_plan.js'
import { ConcurrencyGate } from './limits/concurrency_gate.js'
import { Credits } from './limits/credits.js'
import { dailyCredits, editions } from './limits/editions.js'
import { orgModules } from './metadata/org_modules.js'
import { moduleId } from './metadata/render_module.js'
import type { SimulatorOptions } from './options.js'
import { IdSource } from './store/id_source.js'
import { RecordStore } from './store/record_store.js'
import { TruthFile } from './store/truth_file.js'
import type { JobLine } from './store/truth_line.js'
import { SimulatedClock } from './time/simulated_clock.js'
import { ZoneTime } from './time/zone_time.js'

/** One Zoho org: everything that a reset replaces. */
export class SimulatedOrg {
  readonly clock = new SimulatedClock()
  readonly ids: IdSource
  readonly zone: ZoneTime
  readonly truth: TruthFile | null
  readonly store: RecordStore
  readonly tokens: TokenDesk
  readonly credits: Credits
  readonly gate: ConcurrencyGate
  readonly faults: FaultPlan
  readonly stats = new CallStats()
  readonly uploads = new Map<string, UploadedFile>()
  readonly jobs = new Map<string, BulkJob>()
  readonly reads = new Map<string, ReadJob>()
  /** When results of bulk reads were fetched in the last minute. */
  readDownloads: readonly number[] = []
  /** Ends what the org has on its way to others. */
  readonly closing = new AbortController()
  /** Lines of bulk jobs that an earlier process took. */
  readonly earlierJobs: JobLine[] = []
  /** A closed org's bulk jobs stop where they are. */
  isClosed = false

  constructor(
    readonly url: string,
    readonly options: SimulatorOptions
  ) {
    this.ids = new IdSource(options.seed)
    this.zone = new ZoneTime(options.timeZone)
    const { persistFile } = options
    const earlier = persistFile ? TruthFile.read(persistFile) : []
    this.truth = persistFile ? new TruthFile(persistFile) : null
    this.store = new RecordStore(this.ids, this.truth)
    for (const line of earlier) {
      if ('job' in line) this.earlierJobs.push(line)
      else this.store.replay(line)
    }
    this.tokens = new TokenDesk(options, this.clock)
    this.credits = new Credits(dailyCredits(options.edition, options.users))
    this.gate = new ConcurrencyGate(editions[options.edition].concurrency)
    this.faults = new FaultPlan(options.seed)
  }

  get zgid() {
    return this.ids.prefix + '01'
  }

  get user() {
    const name = 'Sim Admin'
    return { id: this.ids.fixed(101), name, email: 'sim.admin@example.com' }
  }

  moduleReference(apiName: string) {
    const position = orgModules.findIndex((module) => module.apiName === apiName)
    return { api_name: apiName, id: moduleId(this.ids, position) }
  }

  close() {
    this.isClosed = true
    this.closing.abort()
    this.truth?.close()
  }
}
