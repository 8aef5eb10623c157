import { BaseSchema } from '@adonisjs/lucid/schema'

const COLUMNS = ['credits_ahead', 'forecast_basis']

export default class extends BaseSchema {
  override async up() {
    this.schema.alterTable('runs', (table) => {
      table.integer('credits_ahead').notNullable().defaultTo(0)
      table.string('forecast_basis', 20).nullable()
    })
  }

  override async down() {
    // On SQLite the query builder drops a column by building the table anew, which the foreign keys forbid.
    for (const column of COLUMNS) this.schema.raw(`alter table runs drop column ${column}`)
  }
}
