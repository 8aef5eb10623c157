import type { IncomingHttpHeaders } from 'node:http'
import type { OrgUser } from '../auth/org_user.js'
import type { Fault } from '../control/fault_rule.js'
import type { ModuleTable } from '../store/module_table.js'
import type { SimulatedOrg } from '../simulated_org.js'
import { ApiFault } from './api_fault.js'

export interface Reply {
  status: number
  body?: unknown
  bytes?: Buffer
  headers?: Record<string, string>
}

/** Whom the access token stands for, and what it allows. */
export interface Caller {
  user: OrgUser
  clientId: string
  /** null: everything. */
  scopes: readonly string[] | null
}

export class Call {
  #json: Record<string, unknown> | undefined

  constructor(
    readonly org: SimulatedOrg,
    readonly query: URLSearchParams,
    readonly headers: IncomingHttpHeaders,
    readonly body: Buffer,
    readonly params: Record<string, string>,
    readonly faults: readonly Fault[],
    readonly caller: Caller
  ) {}

  /** Who is calling; a user of the call's org. */
  get user() {
    return this.caller.user
  }

  /** The version of the API in the path: 2, 2.1 or 3 to 8. */
  get version() {
    return Number(this.params.version.slice(1))
  }

  fault<Kind extends Fault['kind']>(kind: Kind) {
    return this.faults.find((fault): fault is Extract<Fault, { kind: Kind }> => fault.kind === kind)
  }

  header(name: string) {
    const value = this.headers[name]
    return typeof value === 'string' ? value : undefined
  }

  /** The body as a JSON object, whatever its Content-Type says. */
  json() {
    if (this.#json) return this.#json
    let parsed: unknown
    try {
      parsed = JSON.parse(this.body.toString('utf8'))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new ApiFault(400, 'INVALID_DATA', 'body', { expected_data_type: 'jsonobject', reason })
    }
    if (!isObject(parsed)) {
      throw new ApiFault(400, 'INVALID_DATA', 'body', { expected_data_type: 'jsonobject' })
    }
    this.#json = parsed
    return parsed
  }

  /** The table of the module in the path. */
  table(): ModuleTable {
    const table = this.org.store.tables.get(this.params.module)
    if (table) return table
    throw new ApiFault(400, 'INVALID_MODULE', 'the module name given seems to be invalid', {
      resource_path_index: 0,
    })
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
