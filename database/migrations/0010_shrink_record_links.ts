import { BaseSchema } from '@adonisjs/lucid/schema'

type Side = { owner: string; ownerType: string; run: string; runType: string }

const BIG: Side = {
  owner: 'service_id',
  ownerType: 'varchar(36)',
  run: 'run_id',
  runType: 'varchar(36)',
}
const SMALL: Side = {
  owner: 'service_number',
  ownerType: 'integer',
  run: 'settled_at',
  runType: 'bigint',
}

/**
 * A row per record is what an installation has most of: a number stands for the service's id,
 * and the time of the settlement for the run's, since a service has one run at a time.
 */
export default class extends BaseSchema {
  override async up() {
    this.schema.createTable('service_numbers', (table) => {
      table.increments('number')
      table.string('service_id', 36).notNullable().unique()
    })
    this.schema.raw(
      'insert into service_numbers (service_id) select distinct service_id from record_links'
    )
    await this.#rebuild(
      SMALL,
      `select n.number, l.source_key, l.match_key, l.target_id, l.hash, l.state,
         coalesce(r.finished_at, r.started_at, r.queued_at, 0), l.fault
       from record_links l
       join service_numbers n on n.service_id = l.service_id
       left join runs r on r.id = l.run_id`
    )
  }

  override async down() {
    await this.#rebuild(
      BIG,
      `select n.service_id, l.source_key, l.match_key, l.target_id, l.hash, l.state,
         coalesce((select r.id from runs r
           where r.service_id = n.service_id and r.queued_at <= l.settled_at
           order by r.queued_at desc limit 1), ''), l.fault
       from record_links l join service_numbers n on n.number = l.service_number`
    )
    this.schema.dropTable('service_numbers')
  }

  async #rebuild({ owner, ownerType, run, runType }: Side, rows: string): Promise<void> {
    const isMysql = this.db.dialect.name === 'mysql'
    const ascii = isMysql ? ' character set ascii collate ascii_bin' : ''
    const typed = (type: string) => (type.startsWith('varchar') ? type + ascii : type)
    const key = isMysql
      ? `varchar(255) character set utf8mb4 collate ${await this.#exact()}`
      : 'varchar(255)'
    this.schema.raw(
      `create table record_links_new (
        ${owner} ${typed(ownerType)} not null,
        source_key ${key} not null,
        match_key varchar(43)${ascii},
        target_id varchar(64)${ascii},
        hash varchar(43)${ascii} not null,
        state varchar(10)${ascii} not null,
        ${run} ${typed(runType)} not null,
        fault text,
        primary key (${owner}, source_key)
      ) ${isMysql ? '' : 'without rowid'}`
    )
    this.schema.raw(
      `insert into record_links_new
         (${owner}, source_key, match_key, target_id, hash, state, ${run}, fault) ${rows}`
    )
    this.schema.dropTable('record_links')
    this.schema.raw('alter table record_links_new rename to record_links')
    this.schema.raw(`create index record_links_match on record_links (${owner}, match_key)`)
  }

  /** A binary collation that also minds spaces at the end; the two servers name it differently. */
  async #exact(): Promise<string> {
    const [rows] = await this.db.rawQuery('select version() as version')
    return /mariadb/i.test(rows[0].version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin'
  }
}
