import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('extensions', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table
        .string('connection_id', 36)
        .notNullable()
        .unique()
        .references('connections.id')
        .onDelete('CASCADE')
      /** Of the key that the packed widget holds. */
      table.string('key_hash', 64).notNullable().unique()
      table.text('sealed_secrets').notNullable()
      table.bigInteger('created_at').notNullable()
    })

    this.schema.createTable('selections', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('extension_id', 36).notNullable().references('extensions.id').onDelete('CASCADE')
      table
        .string('connection_id', 36)
        .notNullable()
        .references('connections.id')
        .onDelete('CASCADE')
      table.string('module', 120).notNullable()
      table.text('ids', 'longtext').notNullable()
      table.string('org', 40).notNullable()
      table.string('user_id', 40).notNullable()
      table.string('user_name', 120).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('expires_at').notNullable()
      table.index(['expires_at'])
    })

    this.schema.createTable('selection_runs', (table) => {
      table.string('id', 36).primary()
      table.string('selection_id', 36).notNullable().references('selections.id').onDelete('CASCADE')
      table.string('service_id', 36).notNullable().references('services.id').onDelete('CASCADE')
      table.string('run_id', 36).notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['selection_id', 'service_id'])
    })
  }

  override async down() {
    this.schema.dropTable('selection_runs')
    this.schema.dropTable('selections')
    this.schema.dropTable('extensions')
  }
}
