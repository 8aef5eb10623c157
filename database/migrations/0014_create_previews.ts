import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.alterTable('runs', (table) => {
      table.text('brake').nullable()
      table.boolean('is_released').notNullable().defaultTo(false)
      table.integer('changes_ahead').notNullable().defaultTo(0)
      table.string('preview_id', 36).nullable()
    })

    this.schema.createTable('previews', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('service_id', 36).notNullable().references('services.id').onDelete('CASCADE')
      table.integer('revision').notNullable()
      table.text('counts').notNullable()
      table.text('plan').notNullable()
      table.integer('credits').notNullable()
      /** How many records of the target were asked for. */
      table.integer('asked').notNullable()
      table.text('notes').notNullable()
      table.boolean('is_complete').notNullable()
      /** Every change is kept below, so that it can be approved. */
      table.boolean('is_whole').notNullable()
      table.string('requested_by', 36).nullable()
      table.string('approved_by', 36).nullable()
      table.bigInteger('approved_at').nullable()
      table.string('run_id', 36).nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('expires_at').notNullable()
      table.index(['service_id', 'created_at'])
      table.index(['expires_at'])
    })

    this.schema.createTable('preview_records', (table) => {
      table.string('preview_id', 36).notNullable().references('previews.id').onDelete('CASCADE')
      table.integer('position').notNullable()
      table.string('outcome', 16).notNullable()
      table.string('source_key', 255).notNullable()
      /** What would be written, as a digest; null where nothing would be. */
      table.string('hash', 63).nullable()
      table.text('sealed_record', 'longtext').notNullable()
      table.primary(['preview_id', 'position'])
      table.index(['preview_id', 'outcome', 'position'])
    })
  }

  override async down() {
    this.schema.dropTable('preview_records')
    this.schema.dropTable('previews')
    // On SQLite the query builder drops a column by building the table anew, which the foreign keys forbid.
    for (const column of ['brake', 'is_released', 'changes_ahead', 'preview_id']) {
      this.schema.raw(`alter table runs drop column ${column}`)
    }
  }
}
