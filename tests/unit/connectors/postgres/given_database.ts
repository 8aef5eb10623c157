import { Client } from 'pg'
import type { NewStream, Operation, RecordValues, StreamDescription, Value, WriteBatch } from '#sdk'
import { contractContext, type ContractContext } from '#tests/support/contract_context'
import { testPostgres } from '#tests/support/postgres'
import postgres from '../../../../plugins/connectors/postgres/connector.js'

let serial = 0

/** A database of a test's own, and the connector on it. */
export class GivenDatabase {
  private constructor(
    readonly db: Client,
    readonly settings: { [name: string]: Value },
    readonly password: string,
    readonly close: () => Promise<void>
  ) {}

  static async open(tables: string): Promise<GivenDatabase> {
    const { host, port, user, password } = await testPostgres()
    const database = `crossdock_unit_${process.pid}_${serial++}`
    const root = new Client({ host, port, user, password, database: 'postgres' })
    await root.connect()
    await root.query(`CREATE DATABASE ${database}`)
    const db = new Client({ host, port, user, password, database })
    await db.connect()
    await db.query(tables)
    const settings = { host, port, user, database, schema: 'public' }
    return new GivenDatabase(db, settings, password, async () => {
      await db.end()
      await root.query(`DROP DATABASE ${database} WITH (FORCE)`)
      await root.end()
    })
  }

  context(user = this.settings.user, password = this.password): ContractContext {
    const connection = { settings: { ...this.settings, user }, secrets: { password } }
    return contractContext(connection, { folder: '', authorize: null })
  }

  async rows(sql: string): Promise<RecordValues[]> {
    const { rows } = await this.db.query(sql)
    return JSON.parse(JSON.stringify(rows))
  }

  describe(table: string): Promise<StreamDescription> {
    return this.#discover.describe(this.context(), table)
  }

  /** All that a table holds, as the connector reads it. */
  async read(table: string): Promise<RecordValues[]> {
    const stream = await this.describe(table)
    const fields = stream.fields.map((field) => field.name)
    const query = { cursor: null, fields, filter: null, incremental: null, pageSize: 1000 }
    const records: RecordValues[] = []
    for await (const page of this.#discover.read?.(this.context(), stream, query) ?? []) {
      records.push(...page.records)
    }
    return records
  }

  create(stream: NewStream): Promise<StreamDescription> {
    if (!this.#discover.create) throw new Error('postgres makes no tables')
    return this.#discover.create(this.context(), stream)
  }

  async batch(
    table: string,
    operation: Operation,
    given: Partial<WriteBatch>
  ): Promise<WriteBatch> {
    const records = given.records ?? []
    return {
      stream: await this.describe(table),
      operation,
      match: { by: 'fields', fields: ['code'] },
      records,
      json: records.map((record) => JSON.stringify(record)),
      ids: records.map(() => null),
      options: {},
      ...given,
    }
  }

  async write(
    table: string,
    operation: Operation,
    given: Partial<WriteBatch>,
    ctx = this.context()
  ) {
    const batch = await this.batch(table, operation, given)
    const [route] = this.#discover.routes?.(batch.stream) ?? []
    if (route?.kind !== 'call') throw new Error(`${table} cannot be written`)
    const outcomes = await route.send(ctx, batch)
    return outcomes.sort((a, b) => a.index - b.index)
  }

  async lookup(table: string, operation: Operation, given: Partial<WriteBatch>) {
    if (!this.#discover.lookup) throw new Error('postgres finds nothing')
    return this.#discover.lookup(this.context(), await this.batch(table, operation, given))
  }

  get #discover() {
    if (!postgres.discover) throw new Error('postgres has tables')
    return postgres.discover
  }
}
