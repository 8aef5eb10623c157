import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('tenants', (table) => {
      table.string('id', 36).primary()
      table.string('slug', 63).notNullable().unique()
      table.string('name', 120).notNullable()
      table.text('wrapped_key').notNullable()
      table.bigInteger('created_at').notNullable()
    })

    this.schema.createTable('users', (table) => {
      table.string('id', 36).primary()
      table.string('email', 254).notNullable().unique()
      table.string('full_name', 120).notNullable()
      table.string('password', 255).notNullable()
      table.boolean('is_operator').notNullable().defaultTo(false)
      table.bigInteger('created_at').notNullable()
    })

    this.schema.createTable('memberships', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('user_id', 36).notNullable().references('users.id').onDelete('CASCADE')
      table.string('role', 16).notNullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['tenant_id', 'user_id'])
    })

    this.schema.createTable('setup_links', (table) => {
      table.string('id', 36).primary()
      table.string('token_hash', 64).notNullable().unique()
      table.bigInteger('expires_at').notNullable()
      table.bigInteger('used_at').nullable()
      table.bigInteger('created_at').notNullable()
    })
  }

  override async down() {
    this.schema.dropTable('setup_links')
    this.schema.dropTable('memberships')
    this.schema.dropTable('users')
    this.schema.dropTable('tenants')
  }
}
