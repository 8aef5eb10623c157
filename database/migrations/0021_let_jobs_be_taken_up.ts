import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.alterTable('run_batches', (table) => {
      /** The service's id while the job is open: the next run finds what an earlier one left. */
      table.string('open_service_id', 36).nullable().index()
    })
    this.schema.alterTable('runs', (table) => {
      /** When a vendor last said that a job of this run is over. */
      table.bigInteger('called_at').nullable()
    })
    this.defer(async (db) => {
      await db.rawQuery(
        `update run_batches set open_service_id =
           (select service_id from runs where runs.id = run_batches.run_id)
         where state = 'open'`
      )
    })
  }

  override async down() {
    // On SQLite the query builder drops a column by building the table anew, which the foreign keys forbid.
    this.schema.raw('alter table runs drop column called_at')
    this.schema.alterTable('run_batches', (table) => table.dropIndex(['open_service_id']))
    this.schema.raw('alter table run_batches drop column open_service_id')
  }
}
