import { BaseSchema } from '@adonisjs/lucid/schema'

/** A trigger that is rare would be looked for through the whole history. */
export default class extends BaseSchema {
  override async up() {
    this.schema.alterTable('runs', (table) => {
      table.index(['tenant_id', 'trigger', 'queued_at', 'id', 'state', 'took'], 'runs_of_trigger')
    })
  }

  override async down() {
    this.schema.alterTable('runs', (table) => table.dropIndex([], 'runs_of_trigger'))
  }
}
