import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.alterTable('runs', (table) => {
      /** JSON: what became of the flags that it set in its source; null where its service has none. */
      table.text('flags').nullable()
    })
  }

  override async down() {
    // On SQLite the query builder drops a column by building the table anew, which the foreign keys forbid.
    this.schema.raw('alter table runs drop column flags')
  }
}
