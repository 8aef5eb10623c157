import { BaseSchema } from '@adonisjs/lucid/schema'

const OUTCOMES = ['created', 'updated', 'unchanged', 'filtered', 'rejected', 'failed', 'unclear']

export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('runs', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('service_id', 36).notNullable().references('services.id').onDelete('CASCADE')
      table.integer('revision').notNullable()
      table.string('trigger', 16).notNullable()
      table.string('requested_by', 36).nullable()
      table.string('state', 16).notNullable()
      table.text('only_keys', 'longtext').nullable()
      table.integer('attempts').notNullable().defaultTo(0)
      /** The service's id while the run is under way: no two runs of a service at once. */
      table.string('active_key', 36).nullable().unique()
      table.string('lease_token', 36).nullable()
      table.string('lease_owner', 120).nullable()
      table.bigInteger('lease_expires_at').nullable()
      table.text('bounds').nullable()
      table.text('cursor', 'longtext').nullable()
      for (const outcome of OUTCOMES) table.integer(outcome).notNullable().defaultTo(0)
      table.integer('under_way').notNullable().defaultTo(0)
      table.integer('credits_planned').notNullable().defaultTo(0)
      table.integer('credits_spent').notNullable().defaultTo(0)
      table.string('stage', 16).nullable()
      table.text('timings').nullable()
      table.string('error_kind', 16).nullable()
      table.text('error_message').nullable()
      table.bigInteger('queued_at').notNullable()
      table.bigInteger('started_at').nullable()
      table.bigInteger('finished_at').nullable()
      table.index(['tenant_id', 'queued_at'])
      table.index(['service_id', 'queued_at'])
      table.index(['state', 'lease_expires_at'])
    })

    this.schema.createTable('server_processes', (table) => {
      table.string('id', 36).primary()
      table.string('host', 255).notNullable()
      table.integer('pid').notNullable()
      table.bigInteger('alive_at').notNullable()
    })

    this.schema.createTable('run_batches', (table) => {
      table.string('id', 36).primary()
      table.string('run_id', 36).notNullable().references('runs.id').onDelete('CASCADE')
      table.string('route', 63).notNullable()
      table.string('state', 16).notNullable()
      table.text('ticket', 'longtext').nullable()
      table.specificType('manifest', 'longblob').nullable()
      table.integer('records').notNullable()
      table.integer('calls').notNullable()
      table.integer('credits').notNullable()
      table.integer('took').notNullable()
      table.bigInteger('created_at').notNullable()
      table.index(['run_id', 'created_at'])
    })

    this.schema.createTable('credit_entries', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table
        .string('connection_id', 36)
        .notNullable()
        .references('connections.id')
        .onDelete('CASCADE')
      table.string('run_id', 36).nullable()
      table.integer('calls').notNullable()
      table.integer('credits').notNullable()
      table.bigInteger('spent_at').notNullable()
      table.index(['connection_id', 'spent_at'])
    })
  }

  override async down() {
    this.schema.dropTable('credit_entries')
    this.schema.dropTable('run_batches')
    this.schema.dropTable('server_processes')
    this.schema.dropTable('runs')
  }
}
