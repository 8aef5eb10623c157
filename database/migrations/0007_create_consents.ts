import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.alterTable('connections', (table) => {
      table.string('account', 255).nullable()
      table.text('facts').nullable()
      table.bigInteger('last_good_at').nullable()
    })

    this.schema.alterTable('access_tokens', (table) => {
      table.bigInteger('blocked_until').nullable()
    })

    this.schema.createTable('authorizations', (table) => {
      table.string('connection_id', 36).primary().references('connections.id').onDelete('CASCADE')
      table.string('kind', 24).notNullable()
      table.string('client_hash', 64).notNullable().index()
      table.string('token_hash', 64).nullable().index()
      table.string('vendor_user', 120).nullable()
      table.string('vendor_user_name', 255).nullable()
      table.text('scopes').nullable()
      table.bigInteger('authorized_at').notNullable()
    })

    this.schema.createTable('consents', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('user_id', 36).notNullable()
      table.string('connection_id', 36).nullable().references('connections.id').onDelete('CASCADE')
      table.string('state', 16).notNullable()
      table.string('state_hash', 64).notNullable().unique()
      table.string('session_hash', 64).notNullable()
      table.text('sealed_draft', 'longtext').notNullable()
      table.text('sealed_grant', 'longtext').nullable()
      table.text('message').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('expires_at').notNullable()
    })
  }

  override async down() {
    this.schema.dropTable('consents')
    this.schema.dropTable('authorizations')
    // Knex would copy the whole table for SQLite, which its foreign keys forbid.
    this.schema.raw('alter table access_tokens drop column blocked_until')
    for (const name of ['account', 'facts', 'last_good_at']) {
      this.schema.raw(`alter table connections drop column ${name}`)
    }
  }
}
