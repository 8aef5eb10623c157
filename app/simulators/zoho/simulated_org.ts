import { Accounts } from './auth/accounts.js'
import { companiesOf, membersOf, type Member } from './auth/org_user.js'
import type { BulkJob, UploadedFile } from './bulk/bulk_job.js'
import type { ReadJob } from './bulk/read_job.js'
import { CallStats } from './control/call_stats.js'
import { FaultPlan } from './control/fault_plan.js'
import type { StoredFile } from './files/stored_file.js'
import { ConcurrencyGate } from './limits/concurrency_gate.js'
import { Credits } from './limits/credits.js'
import { dailyCredits, editions } from './limits/editions.js'
import { orgModules } from './metadata/org_modules.js'
import { moduleId } from './metadata/render_module.js'
import type { Channel } from './notifications/channel.js'
import { NotificationCounts } from './notifications/notification_counts.js'
import type { SimulatorOptions } from './options.js'
import { IdSource } from './store/id_source.js'
import { RecordStore } from './store/record_store.js'
import { TruthFile } from './store/truth_file.js'
import type { JobLine } from './store/truth_line.js'
import { SimulatedClock } from './time/simulated_clock.js'
import { ZoneTime } from './time/zone_time.js'

/** Far enough apart that orgs of neighbouring seeds do not meet. */
const SEED_STEP = 499

/** One Zoho org: everything that a reset replaces. */
export class SimulatedOrg {
  readonly company: string
  readonly members: readonly Member[]
  readonly clock: SimulatedClock
  readonly ids: IdSource
  readonly zone: ZoneTime
  readonly truth: TruthFile | null
  readonly store: RecordStore
  readonly accounts: Accounts
  readonly credits: Credits
  readonly faults: FaultPlan
  readonly stats: CallStats
  /** Bytes of attachments and of file fields. */
  readonly files = new Map<string, StoredFile>()
  readonly uploads = new Map<string, UploadedFile>()
  readonly jobs = new Map<string, BulkJob>()
  readonly reads = new Map<string, ReadJob>()
  readonly channels = new Map<string, Channel>()
  readonly notifications = new NotificationCounts()
  /** When results of bulk reads were fetched in the last minute. */
  readDownloads: readonly number[] = []
  /** Ends what the org has on its way to others. */
  readonly closing = new AbortController()
  /** Lines of bulk jobs that an earlier process took. */
  readonly earlierJobs: JobLine[] = []
  /** A closed org's bulk jobs stop where they are. */
  isClosed = false
  #gates = new Map<string, ConcurrencyGate>()

  /** A further org shares clock, accounts, faults and statistics with the first. */
  constructor(
    readonly url: string,
    readonly options: SimulatorOptions,
    first?: SimulatedOrg,
    position = 0
  ) {
    this.ids = new IdSource(options.seed + position * SEED_STEP)
    this.company = companiesOf(options.people)[position]
    this.members = membersOf(options.people, this.company, this.ids)
    this.clock = first?.clock ?? new SimulatedClock()
    this.zone = new ZoneTime(options.timeZone)
    const persistFile = options.persistFile && options.persistFile + (position || '')
    const earlier = persistFile ? TruthFile.read(persistFile) : []
    this.truth = persistFile ? new TruthFile(persistFile) : null
    this.store = new RecordStore(this.ids, this.truth)
    for (const line of earlier) {
      if ('job' in line) this.earlierJobs.push(line)
      else this.store.replay(line)
    }
    this.accounts = first?.accounts ?? new Accounts(options, this.clock)
    this.credits = new Credits(options.creditLimit ?? dailyCredits(options.edition, options.users))
    this.faults = first?.faults ?? new FaultPlan(options.seed)
    this.stats = first?.stats ?? new CallStats()
  }

  /** Calls at once are counted by app. */
  gateOf(clientId: string) {
    const { edition, concurrencyLimit, subConcurrencyLimit } = this.options
    const limit = concurrencyLimit ?? editions[edition].concurrency
    const gate = this.#gates.get(clientId) ?? new ConcurrencyGate(limit, subConcurrencyLimit)
    this.#gates.set(clientId, gate)
    return gate
  }

  refund(endpoint: string, cost: number) {
    this.credits.refund(cost)
    this.stats.refund(endpoint, cost)
  }

  /** The gate of the app that its options name. */
  get gate() {
    return this.gateOf(this.options.clientId)
  }

  get zgid() {
    return this.ids.prefix + '01'
  }

  /** Its first user, who stands for all where it makes no difference. */
  get user() {
    return this.members[0].user
  }

  /** The user of an id or an address; a person of another org is none. */
  member(key: string) {
    return this.members.find(({ user }) => user.id === key || user.email === key)
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
