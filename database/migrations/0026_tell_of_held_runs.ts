import { BaseSchema } from '@adonisjs/lucid/schema'

const BEFORE = ['failed', 'partial', 'overdue', 'silent', 'paused', 'connection', 'credits']
const ALL = JSON.stringify(['failed', 'partial', 'overdue', 'silent', 'held', ...BEFORE.slice(4)])

/** Who wanted to hear of everything there was, wants to hear of runs that wait for a yes too. */
export default class extends BaseSchema {
  override async up() {
    this.defer(async (db) => {
      const query = db.from('alert_receivers').whereNot('wants', 'like', '%"held"%')
      for (const kind of BEFORE) query.where('wants', 'like', `%"${kind}"%`)
      await query.update({ wants: ALL })
    })
  }

  /** Code that does not know the kind sends nothing of it. */
  override async down() {}
}
