import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.alterTable('runs', (table) => {
      table.integer('planned_again').notNullable().defaultTo(0)
    })
  }

  override async down() {
    // On SQLite the query builder drops a column by building the table anew, which the foreign keys forbid.
    this.schema.raw('alter table runs drop column planned_again')
  }
}
