import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.alterTable('runs', (table) => {
      /** Records that an incremental run cannot see, since they hold nothing in its field. */
      table.integer('without_cursor').nullable()
    })
  }

  override async down() {
    // On SQLite the query builder drops a column by building the table anew, which the foreign keys forbid.
    this.schema.raw('alter table runs drop column without_cursor')
  }
}
