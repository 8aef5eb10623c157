import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('channels', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table
        .string('connection_id', 36)
        .notNullable()
        .references('connections.id')
        .onDelete('CASCADE')
      table.string('stream', 120).notNullable()
      /** What the vendor calls it. */
      table.string('number', 15).notNullable().unique()
      /** Of the part of the address that cannot be guessed. */
      table.string('path_hash', 64).notNullable().unique()
      table.text('sealed_secrets').notNullable()
      table.text('wish').notNullable()
      /** The wish that the vendor last granted. */
      table.text('granted_wish').nullable()
      table.string('state', 16).notNullable()
      table.text('fault').nullable()
      table.text('handle').nullable()
      table.bigInteger('wanted_until').nullable()
      table.bigInteger('granted_until').nullable()
      table.bigInteger('due_at').notNullable()
      table.bigInteger('heard_at').nullable()
      table.integer('refused').notNullable().defaultTo(0)
      table.text('position').nullable()
      table.text('deleted_position').nullable()
      table.bigInteger('swept_at').nullable()
      table.bigInteger('sweep_due_at').notNullable()
      table.integer('found_by_sweep').notNullable().defaultTo(0)
      table.integer('deletions').notNullable().defaultTo(0)
      table.integer('echoes').notNullable().defaultTo(0)
      /** Who keeps it up has it for himself until then. */
      table.bigInteger('held_until').notNullable().defaultTo(0)
      table.bigInteger('created_at').notNullable()
      table.unique(['connection_id', 'stream'])
      table.index(['tenant_id'])
    })

    this.schema.createTable('deliveries', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('channel_id', 36).notNullable().references('channels.id').onDelete('CASCADE')
      table.text('sealed_request', 'longtext').notNullable()
      table.integer('bytes').notNullable()
      table.string('state', 16).notNullable()
      table.text('fault').nullable()
      table.integer('records').notNullable().defaultTo(0)
      table.bigInteger('received_at').notNullable()
      table.bigInteger('worked_at').nullable()
      table.index(['state', 'received_at'])
      table.index(['tenant_id', 'received_at'])
    })

    this.schema.createTable('pending_changes', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('channel_id', 36).notNullable().references('channels.id').onDelete('CASCADE')
      table.string('service_id', 36).notNullable().references('services.id').onDelete('CASCADE')
      table.string('source_key', 255).notNullable()
      table.string('kind', 16).notNullable()
      table.string('state', 16).notNullable()
      table.string('origin', 16).notNullable()
      table.integer('times').notNullable()
      table.integer('tries').notNullable().defaultTo(0)
      table.bigInteger('first_seen_at').notNullable()
      table.bigInteger('last_seen_at').notNullable()
      /** Whatever changed before this moment of the vendor's clock is covered. */
      table.bigInteger('covered_until').nullable()
      table.bigInteger('not_before').notNullable()
      table.string('run_id', 36).nullable()
      table.unique(['service_id', 'source_key'])
      table.index(['state', 'service_id'])
      table.index(['run_id'])
      table.index(['tenant_id', 'last_seen_at'])
    })
    this.#tellKeysApart()
  }

  /** Keys are compared byte by byte, as in record links; SQLite does so by itself. */
  #tellKeysApart(): void {
    if (this.db.dialect.name !== 'mysql') return
    this.schema.raw(
      'alter table pending_changes modify source_key varchar(255) character set utf8mb4 collate utf8mb4_bin not null'
    )
  }

  override async down() {
    this.schema.dropTable('pending_changes')
    this.schema.dropTable('deliveries')
    this.schema.dropTable('channels')
  }
}
