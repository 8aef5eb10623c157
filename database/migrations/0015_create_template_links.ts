import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('template_links', (table) => {
      table.string('service_id', 36).primary().references('services.id').onDelete('CASCADE')
      table.string('version', 40).notNullable()
      table.text('base', 'longtext').notNullable()
      table.bigInteger('updated_at').notNullable()
    })
    this.schema.alterTable('service_drafts', (table) => {
      table.string('template_version', 40).nullable()
      table.text('template_base', 'longtext').nullable()
    })
  }

  override async down() {
    this.schema.alterTable('service_drafts', (table) => {
      table.dropColumn('template_version')
      table.dropColumn('template_base')
    })
    this.schema.dropTable('template_links')
  }
}
