import { authDefaults, type AuthOptions } from './auth/auth_options.js'
import { checkChoices } from './auth/check_choices.js'
import { checkPeople } from './auth/check_people.js'
import { editions } from './limits/editions.js'
import { limitDefaults, type LimitOptions } from './limits/limit_options.js'
import { dataDefaults, type DataOptions } from './store/data_options.js'
import { ZoneTime } from './time/zone_time.js'

export interface SimulatorOptions extends AuthOptions, DataOptions, LimitOptions {
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
  allFailedStatus: 400 | 202
  inProgressSpelling: 'INPROGRESS' | 'IN PROGRESS'
  bulkStatusCase: 'upper' | 'title'
  absoluteDownloadUrl: boolean
  modifiedSinceInclusive: boolean
  coqlRowsPerCall: number
  coqlInLimit: number
  /** Lookups of one module that a query looks behind. */
  coqlJoins: number
  /** Append-only file in which records and ledger survive a restart. */
  persistFile: string | null
}

const defaults: SimulatorOptions = {
  ...authDefaults,
  ...dataDefaults,
  ...limitDefaults,
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
  inProgressSpelling: 'INPROGRESS',
  bulkStatusCase: 'upper',
  absoluteDownloadUrl: false,
  modifiedSinceInclusive: false,
  coqlRowsPerCall: 2000,
  coqlInLimit: 50,
  coqlJoins: 5,
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
  if (!(options.edition in editions)) {
    throw new Error(`"edition" must be one of ${Object.keys(editions).join(', ')}`)
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
