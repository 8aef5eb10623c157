import { BaseSchema } from '@adonisjs/lucid/schema'

/** A record is looked for by its id in the target too: by a person, and where a change may be our own. */
export default class extends BaseSchema {
  override async up() {
    this.schema.raw('create index record_links_target on record_links (service_number, target_id)')
  }

  override async down() {
    this.schema.alterTable('record_links', (table) => {
      table.dropIndex([], 'record_links_target')
    })
  }
}
