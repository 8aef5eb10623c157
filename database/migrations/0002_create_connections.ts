import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('connections', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('name', 63).notNullable()
      table.string('connector', 63).notNullable()
      table.text('settings').notNullable()
      table.text('sealed_secrets').nullable()
      table.string('identity', 120).nullable()
      table.text('limits').nullable()
      table.string('health', 16).notNullable().defaultTo('unknown')
      table.text('health_message').nullable()
      table.bigInteger('checked_at').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['tenant_id', 'name'])
    })

    this.schema.createTable('access_tokens', (table) => {
      table.string('connection_id', 36).primary().references('connections.id').onDelete('CASCADE')
      table.text('sealed_token').nullable()
      table.bigInteger('expires_at').nullable()
      table.string('refresh_lock', 36).nullable()
      table.bigInteger('refresh_locked_until').nullable()
      table.text('recent_refreshes').notNullable()
    })

    this.schema.createTable('stream_descriptions', (table) => {
      table.string('id', 36).primary()
      table
        .string('connection_id', 36)
        .notNullable()
        .references('connections.id')
        .onDelete('CASCADE')
      table.string('name', 120).notNullable()
      table.text('description', 'longtext').notNullable()
      table.bigInteger('fetched_at').notNullable()
      table.unique(['connection_id', 'name'])
    })
  }

  override async down() {
    this.schema.dropTable('stream_descriptions')
    this.schema.dropTable('access_tokens')
    this.schema.dropTable('connections')
  }
}
