import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('org_limits', (table) => {
      table.string('id', 36).primary()
      /** The vendor's account, whichever connections lead to it. */
      table.string('org', 200).notNullable()
      /** Empty for the account as a whole. */
      table.string('lane', 63).notNullable().defaultTo('')
      table.bigInteger('remaining').nullable()
      table.bigInteger('told_at').nullable()
      table.integer('allowed').nullable()
      table.bigInteger('slowed_at').nullable()
      table.unique(['org', 'lane'])
    })

    this.schema.alterTable('connections', (table) => {
      table.bigInteger('credits_per_day').nullable()
      table.integer('reserve_percent').nullable()
    })

    this.schema.alterTable('runs', (table) => {
      table.bigInteger('not_before').nullable()
      table.text('wait_reason').nullable()
      table.boolean('uses_reserve').notNullable().defaultTo(false)
      table.integer('credits_forecast').nullable()
    })

    this.schema.alterTable('credit_entries', (table) => table.index(['run_id']))
  }

  override async down() {
    this.schema.alterTable('credit_entries', (table) => table.dropIndex(['run_id']))
    // On SQLite the query builder drops a column by building the table anew, which the foreign keys forbid.
    for (const column of ['not_before', 'wait_reason', 'uses_reserve', 'credits_forecast']) {
      this.schema.raw(`alter table runs drop column ${column}`)
    }
    for (const column of ['credits_per_day', 'reserve_percent']) {
      this.schema.raw(`alter table connections drop column ${column}`)
    }
    this.schema.dropTable('org_limits')
  }
}
