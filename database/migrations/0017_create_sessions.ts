import { BaseSchema } from '@adonisjs/lucid/schema'

/** Who is signed in, kept here so that signing out ends it wherever the cookie has got to. */
export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('sessions', (table) => {
      table.string('id').primary()
      table.text('data', 'longtext').notNullable()
      table.string('user_id').nullable().index()
      table.timestamp('expires_at', { useTz: true }).notNullable().index()
    })
  }

  override async down() {
    this.schema.dropTable('sessions')
  }
}
