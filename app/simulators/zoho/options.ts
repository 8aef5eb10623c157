import { authDefaults, type AuthOptions } from './auth/auth_options.js'
import { checkPeople } from './auth/check_people.js'
import { deskDefaults, type DeskOptions } from './desk/desk_options.js'
import { limitDefaults, type LimitOptions } from './limits/limit_options.js'
import { bookDefaults, type BookOptions } from './books/book_options.js'
import { checkChoices } from './check_choices.js'
import { dataDefaults, type DataOptions } from './store/data_options.js'
import { ZoneTime } from './time/zone_time.js'

export interface SimulatorOptions
  extends AuthOptions, BookOptions, DataOptions, DeskOptions, LimitOptions {
  port: number
  seed: number
  /** Zone of the calling user, in which datetimes are returned. */
  timeZone: string
  latencyMs: number
  /** How long a bulk job stays ADDED. */
  bulkDelayMs: number
  /** How long it is INPROGRESS at least. */
  bulkRunMs: number
  bulkSliceRows: number
  searchLagMs: number
  strictPicklists: boolean
  upsertRequiresMandatory: boolean
  /** Status when all records of a write failed; versions 2 and 2.1 have their own. */
  allFailedStatus: 400 | 202 | 200
  oldAllFailedStatus: 400 | 202 | 200
  /** What becomes of a row whose key an earlier row of the same upsert had. */
  repeatedKeys: 'in_turn' | 'refused'
  inProgressSpelling: 'INPROGRESS' | 'IN PROGRESS'
  bulkStatusCase: 'upper' | 'title'
  absoluteDownloadUrl: boolean
  /** Whether the first column of a bulk write's file is 0 or 1. */
  bulkIndexBase: 0 | 1
  modifiedSinceInclusive: boolean
  /** `ids` of one list. */
  idsPerGet: number
  coqlRowsPerCall: number
  /** Rows that a query reaches by limit and offset. */
  coqlRows: number
  coqlInLimit: number
  /** Lookups of one module behind which a query looks to choose, group and order its rows. */
  coqlJoins: number
  /** Those behind which its columns stand. */
  coqlSelectJoins: number
  /** Append-only file in which records and ledger survive a restart. */
  persistFile: string | null
}

const defaults: SimulatorOptions = {
  ...authDefaults,
  ...dataDefaults,
  ...limitDefaults,
  ...bookDefaults,
  ...deskDefaults,
  port: 0,
  seed: 1,
  timeZone: 'Asia/Kolkata',
  latencyMs: 0,
  bulkDelayMs: 500,
  bulkRunMs: 0,
  bulkSliceRows: 100,
  searchLagMs: 0,
  strictPicklists: false,
  upsertRequiresMandatory: true,
  allFailedStatus: 400,
  oldAllFailedStatus: 202,
  repeatedKeys: 'in_turn',
  inProgressSpelling: 'INPROGRESS',
  bulkStatusCase: 'upper',
  absoluteDownloadUrl: false,
  bulkIndexBase: 0,
  modifiedSinceInclusive: false,
  idsPerGet: 100,
  coqlRowsPerCall: 2000,
  coqlRows: 100_000,
  coqlInLimit: 50,
  coqlJoins: 5,
  coqlSelectJoins: 15,
  persistFile: null,
}

type OptionName = keyof SimulatorOptions

export function resolveOptions(given: Partial<SimulatorOptions>): SimulatorOptions {
  const unknown = Object.keys(given).find((name) => !(name in defaults))
  if (unknown) throw new Error(`Unknown simulator option "${unknown}"`)
  const options: SimulatorOptions = { ...defaults }
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) Object.assign(options, { [name]: value })
  }
  for (const [name, value] of Object.entries(defaults)) {
    const isSame = value === null || typeof options[name as OptionName] === typeof value
    if (!isSame) throw new Error(`Simulator option "${name}" must be a ${typeof value}`)
  }
  new ZoneTime(options.timeZone)
  checkPeople(options.people)
  checkChoices(options)
  return options
}
