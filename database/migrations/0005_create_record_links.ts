import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Keys are compared byte by byte on both databases: two keys that differ in case are two records.
 */
export default class extends BaseSchema {
  override async up() {
    const isMysql = this.db.dialect.name === 'mysql'
    const binary = `varchar(255) character set utf8mb4 collate ${isMysql ? await this.#exact() : ''}`
    const ascii = (length: number) =>
      isMysql ? `varchar(${length}) character set ascii collate ascii_bin` : `varchar(${length})`

    const key = isMysql ? binary : 'varchar(255)'
    // One row per record: in SQLite the rows lie in the key's own tree, which spares a second one.
    this.schema.raw(
      `create table record_links (
        service_id ${ascii(36)} not null,
        source_key ${key} not null,
        match_key ${ascii(43)},
        target_id ${ascii(64)},
        hash ${ascii(43)} not null,
        state ${ascii(10)} not null,
        run_id ${ascii(36)} not null,
        fault text,
        primary key (service_id, source_key)
      ) ${isMysql ? '' : 'without rowid'}`
    )
    this.schema.raw('create index record_links_match on record_links (service_id, match_key)')

    this.schema.createTable('dead_letters', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('service_id', 36).notNullable().references('services.id').onDelete('CASCADE')
      table.string('run_id', 36).notNullable()
      table.specificType('source_key', key).notNullable()
      table.specificType('open_key', key).nullable()
      table.string('outcome', 16).notNullable()
      table.string('code', 63).notNullable()
      table.text('message').notNullable()
      table.string('field', 120).nullable()
      table.text('value').nullable()
      table.text('sealed_payload', 'longtext').notNullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('resolved_at').nullable()
      table.string('resolved_by', 36).nullable()
      table.unique(['service_id', 'open_key'])
      table.index(['run_id'])
      table.index(['tenant_id', 'resolved_at'])
    })
  }

  /** A binary collation that also minds spaces at the end; the two servers name it differently. */
  async #exact(): Promise<string> {
    const [rows] = await this.db.rawQuery('select version() as version')
    return /mariadb/i.test(rows[0].version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin'
  }

  override async down() {
    this.schema.dropTable('dead_letters')
    this.schema.dropTable('record_links')
  }
}
