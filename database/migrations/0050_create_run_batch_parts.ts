import { BaseSchema } from '@adonisjs/lucid/schema'

/** The records of a job go on here where they are more than MySQL takes in one statement. */
export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('run_batch_parts', (table) => {
      table.string('batch_id', 36).notNullable().references('run_batches.id').onDelete('CASCADE')
      table.integer('part').notNullable()
      table.specificType('bytes', 'longblob').notNullable()
      table.primary(['batch_id', 'part'])
    })
  }

  override async down() {
    this.schema.dropTable('run_batch_parts')
  }
}
