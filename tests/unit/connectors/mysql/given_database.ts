import { createConnection, type Connection } from 'mysql2/promise'
import type { NewStream, Operation, RecordValues, StreamDescription, WriteBatch } from '#sdk'
import { contractContext, type ContractContext } from '#tests/support/contract_context'
import { contractMariadb } from '#tests/support/contract_mariadb'
import mysql from '../../../../plugins/connectors/mysql/connector.js'

let serial = 0

/** A database of a test's own, and the connector on it. */
export class GivenDatabase {
  private constructor(
    readonly db: Connection,
    readonly settings: { host: string; port: number; user: string; database: string },
    readonly password: string,
    readonly close: () => Promise<void>
  ) {}

  static async open(tables: string): Promise<GivenDatabase> {
    const { host, port, user, password, stop } = await contractMariadb()
    const database = `crossdock_unit_${process.pid}_${serial++}`
    const db = await createConnection({ host, port, user, password, multipleStatements: true })
    await db.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4; USE ${database}; ${tables}`)
    return new GivenDatabase(db, { host, port, user, database }, password, async () => {
      await db.query(`DROP DATABASE ${database}`)
      await db.end()
      await stop()
    })
  }

  context(user = this.settings.user, password = this.password): ContractContext {
    const connection = { settings: { ...this.settings, user }, secrets: { password } }
    return contractContext(connection, { folder: '', authorize: null })
  }

  async rows(sql: string): Promise<RecordValues[]> {
    const [rows] = await this.db.query(sql)
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
    if (!this.#discover.create) throw new Error('mysql makes no tables')
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
    if (!this.#discover.lookup) throw new Error('mysql finds nothing')
    return this.#discover.lookup(this.context(), await this.batch(table, operation, given))
  }

  get #discover() {
    if (!mysql.discover) throw new Error('mysql has tables')
    return mysql.discover
  }
}
