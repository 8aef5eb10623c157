import db from '@adonisjs/lucid/services/db'

const CLAIMED_FOR = 30_000

/**
 * Goes on where the last look ended, in one process at a time. What was not looked at to the
 * end is looked at again.
 * @param work answers how far it looked
 */
export async function fromMark(
  name: string,
  now: number,
  work: (mark: number) => Promise<number>
): Promise<void> {
  const isMysql = db.connection().dialect.name === 'mysql'
  const verb = isMysql ? 'insert ignore' : 'insert or ignore'
  await db.rawQuery(`${verb} into alert_marks (name, at) values (?, ?)`, [name, now])
  const claimed = await db
    .from('alert_marks')
    .where('name', name)
    .where((query) => query.whereNull('claimed_until').orWhere('claimed_until', '<', now))
    .update({ claimed_until: now + CLAIMED_FOR })
  if (Number(claimed) !== 1) return
  const row = await db.from('alert_marks').where('name', name).firstOrFail()
  const at = await work(Number(row.at))
  await db.from('alert_marks').where('name', name).update({ at, claimed_until: null })
}
