import { BaseSchema } from '@adonisjs/lucid/schema'

/** What a search looks at lies in the index itself, so that half a million runs are looked through without their rows. */
const BY_TENANT = ['tenant_id', 'queued_at', 'id', 'state', 'trigger', 'took']
const BY_STATE = ['tenant_id', 'state', 'queued_at', 'id', 'trigger', 'took']
const BY_SERVICE = ['service_id', 'queued_at', 'id', 'state', 'trigger', 'took']

export default class extends BaseSchema {
  override async up() {
    this.schema.raw(
      'alter table runs add column took bigint generated always as (finished_at - started_at) virtual'
    )
    this.schema.alterTable('runs', (table) => {
      table.index(BY_TENANT, 'runs_of_tenant')
      table.index(BY_STATE, 'runs_of_state')
      table.index(BY_SERVICE, 'runs_of_service')
      table.dropIndex(['tenant_id', 'queued_at'])
      table.dropIndex(['service_id', 'queued_at'])
    })
    /** Source values that a person edited, for the run that sends them. */
    this.schema.raw('alter table runs add column sealed_given longtext')

    this.schema.alterTable('dead_letters', (table) => {
      table.index(['tenant_id', 'source_key', 'run_id'], 'letters_of_key')
      table.index(['tenant_id', 'code', 'run_id'], 'letters_of_code')
    })

    this.schema.createTable('retentions', (table) => {
      table.string('tenant_id', 36).primary().references('tenants.id').onDelete('CASCADE')
      table.integer('run_days').notNullable()
      table.integer('letter_days').notNullable()
      table.bigInteger('most_bytes').nullable()
      table.bigInteger('bytes').nullable()
      table.bigInteger('measured_at').nullable()
    })
  }

  override async down() {
    this.schema.dropTable('retentions')
    this.schema.alterTable('dead_letters', (table) => {
      table.dropIndex([], 'letters_of_code')
      table.dropIndex([], 'letters_of_key')
    })
    this.schema.raw('alter table runs drop column sealed_given')
    this.schema.alterTable('runs', (table) => {
      table.index(['tenant_id', 'queued_at'])
      table.index(['service_id', 'queued_at'])
      table.dropIndex([], 'runs_of_service')
      table.dropIndex([], 'runs_of_state')
      table.dropIndex([], 'runs_of_tenant')
    })
    this.schema.raw('alter table runs drop column took')
  }
}
