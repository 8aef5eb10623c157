import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('audit_events', (table) => {
      table.string('id', 36).primary()
      table.integer('number').notNullable().unique()
      table.string('tenant_id', 36).nullable().index()
      table.string('user_id', 36).nullable()
      table.string('action', 63).notNullable()
      table.string('subject', 120).notNullable()
      table.text('detail').notNullable()
      table.string('previous_hash', 64).notNullable()
      table.string('hash', 64).notNullable()
      table.bigInteger('created_at').notNullable()
    })
  }

  override async down() {
    this.schema.dropTable('audit_events')
  }
}
