import { BaseSchema } from '@adonisjs/lucid/schema'

/** Which records a person wants created whatever a search finds, and what a preview's search found. */
export default class extends BaseSchema {
  override async up() {
    this.schema.alterTable('runs', (table) => {
      table.text('fresh_keys').nullable()
    })
    this.schema.alterTable('previews', (table) => {
      table.text('matches').nullable()
    })
    this.schema.alterTable('preview_records', (table) => {
      table.string('matched', 8).nullable()
    })
  }

  override async down() {
    // On SQLite the query builder drops a column by building the table anew, which the foreign keys forbid.
    this.schema.raw('alter table runs drop column fresh_keys')
    this.schema.raw('alter table previews drop column matches')
    this.schema.raw('alter table preview_records drop column matched')
  }
}
