import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('alerts', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('kind', 16).notNullable()
      /** The tenant, the kind and the cause while it is open: one trouble is one alert. */
      table.string('open_key', 120).nullable().unique()
      table.string('title', 255).notNullable()
      table.text('detail').notNullable()
      table.text('subjects').notNullable()
      table.integer('count').notNullable()
      table.integer('told_count').notNullable().defaultTo(0)
      table.bigInteger('first_at').notNullable()
      table.bigInteger('last_at').notNullable()
      table.bigInteger('told_at').nullable()
      table.bigInteger('claimed_until').nullable()
      table.bigInteger('closed_at').nullable()
      table.index(['tenant_id', 'closed_at'])
    })

    this.schema.createTable('alert_receivers', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('kind', 16).notNullable()
      table.string('shown', 255).notNullable()
      table.text('sealed_address').notNullable()
      table.text('wants').notNullable()
      table.text('last_error').nullable()
      table.bigInteger('last_sent_at').nullable()
      table.bigInteger('created_at').notNullable()
    })

    this.schema.createTable('alert_marks', (table) => {
      table.string('name', 63).primary()
      table.bigInteger('at').notNullable()
      table.bigInteger('claimed_until').nullable()
    })
  }

  override async down() {
    this.schema.dropTable('alert_marks')
    this.schema.dropTable('alert_receivers')
    this.schema.dropTable('alerts')
  }
}
