import { BaseSchema } from '@adonisjs/lucid/schema'

const COUNTS = ['requests', 'requests_failed']

export default class extends BaseSchema {
  override async up() {
    for (const count of COUNTS) {
      this.schema.raw(`alter table runs add column ${count} integer not null default 0`)
    }

    this.schema.createTable('run_requests', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('run_id', 36).notNullable().references('runs.id').onDelete('CASCADE')
      table.string('connection_id', 36).notNullable()
      table.string('stage', 16).notNullable()
      table.string('route', 63).nullable()
      table.integer('batch').nullable()
      table.string('method', 8).notNullable()
      table.string('host', 255).notNullable()
      table.string('path', 500).notNullable()
      /** Null where there was no answer; then `error` says why. */
      table.integer('status').nullable()
      table.string('error', 63).nullable()
      table.boolean('is_failed').notNullable()
      table.integer('took').notNullable()
      table.bigInteger('bytes_sent').notNullable()
      table.bigInteger('bytes_received').notNullable()
      table.bigInteger('started_at').notNullable()
      table.text('sealed_body', 'longtext').nullable()
      table.index(['run_id', 'started_at', 'id'])
      table.index(['tenant_id', 'started_at'])
    })
  }

  override async down() {
    this.schema.dropTable('run_requests')
    // On SQLite the query builder drops a column by building the table anew, which the foreign keys forbid.
    for (const count of COUNTS) this.schema.raw(`alter table runs drop column ${count}`)
  }
}
