import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Keys are compared byte by byte on both databases: two keys that differ in case are two records.
 */
export default class extends BaseSchema {
  override async up() {
    const isMysql = this.db.dialect.name === 'mysql'
    const binary = 'varchar(255) character set utf8mb4 collate utf8mb4_bin'
    const ascii = (length: number) =>
      isMysql ? `varchar(${length}) character set ascii collate ascii_bin` : `varchar(${length})`

    this.schema.createTable('record_links', (table) => {
      table.specificType('service_id', ascii(36)).notNullable()
      table.specificType('source_key', isMysql ? binary : 'varchar(255)').notNullable()
      table.specificType('match_key', ascii(43)).nullable()
      table.specificType('target_id', ascii(64)).nullable()
      table.specificType('hash', ascii(43)).notNullable()
      table.specificType('state', ascii(10)).notNullable()
      table.specificType('run_id', ascii(36)).notNullable()
      table.text('fault').nullable()
      table.primary(['service_id', 'source_key'])
      table.index(['service_id', 'match_key'])
    })

    this.schema.createTable('dead_letters', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('service_id', 36).notNullable().references('services.id').onDelete('CASCADE')
      table.string('run_id', 36).notNullable()
      table.specificType('source_key', isMysql ? binary : 'varchar(255)').notNullable()
      table.specificType('open_key', isMysql ? binary : 'varchar(255)').nullable()
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

  override async down() {
    this.schema.dropTable('dead_letters')
    this.schema.dropTable('record_links')
  }
}
