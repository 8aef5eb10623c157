import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('service_drafts', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('service_id', 36).nullable().references('services.id').onDelete('CASCADE')
      table.integer('base_revision').nullable()
      table.string('template', 80).nullable()
      table.text('content', 'longtext').notNullable()
      table.string('created_by', 36).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.index(['tenant_id', 'updated_at'])
    })
  }

  override async down() {
    this.schema.dropTable('service_drafts')
  }
}
