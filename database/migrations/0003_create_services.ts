import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('services', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table.string('name', 63).notNullable()
      table.string('kind', 16).notNullable()
      table.string('state', 16).notNullable().defaultTo('enabled')
      table.string('state_reason', 255).nullable()
      table.string('source_connection_id', 36).notNullable().references('connections.id')
      table.string('target_connection_id', 36).notNullable().references('connections.id')
      table.string('template', 63).nullable()
      table.integer('revision').notNullable()
      table.text('position').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('updated_at').notNullable()
      table.unique(['tenant_id', 'name'])
    })

    this.schema.createTable('service_revisions', (table) => {
      table.string('id', 36).primary()
      table.string('service_id', 36).notNullable().references('services.id').onDelete('CASCADE')
      table.integer('number').notNullable()
      table.text('definition', 'longtext').notNullable()
      table.string('note', 255).nullable()
      table.string('created_by', 36).nullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['service_id', 'number'])
    })

    this.schema.createTable('schedules', (table) => {
      table.string('id', 36).primary()
      table.string('tenant_id', 36).notNullable().references('tenants.id').onDelete('CASCADE')
      table
        .string('service_id', 36)
        .notNullable()
        .unique()
        .references('services.id')
        .onDelete('CASCADE')
      table.text('definition').notNullable()
      table.bigInteger('starts_at').notNullable()
      table.bigInteger('next_due_at').nullable().index()
    })

    this.schema.createTable('schedule_slots', (table) => {
      table.string('id', 36).primary()
      table.string('schedule_id', 36).notNullable().references('schedules.id').onDelete('CASCADE')
      table.bigInteger('slot_at').notNullable()
      table.string('state', 16).notNullable()
      table.string('run_id', 36).nullable()
      table.bigInteger('created_at').notNullable()
      table.unique(['schedule_id', 'slot_at'])
    })
  }

  override async down() {
    this.schema.dropTable('schedule_slots')
    this.schema.dropTable('schedules')
    this.schema.dropTable('service_revisions')
    this.schema.dropTable('services')
  }
}
