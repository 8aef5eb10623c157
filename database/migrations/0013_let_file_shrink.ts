import { BaseSchema } from '@adonisjs/lucid/schema'

/** From here on SQLite can give back what was pruned, in portions; the file is written anew for it once. */
export default class extends BaseSchema {
  static override disableTransactions = true

  override async up() {
    if (this.db.dialect.name !== 'better-sqlite3') return
    this.schema.raw('pragma auto_vacuum = incremental')
    this.schema.raw('vacuum')
  }

  override async down() {
    if (this.db.dialect.name !== 'better-sqlite3') return
    this.schema.raw('pragma auto_vacuum = none')
    this.schema.raw('vacuum')
  }
}
