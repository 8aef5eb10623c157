import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import type { Removal } from '../store/module_table.js'
import { headerSecond } from './find_stale.js'
import { readPaging } from './read_paging.js'

const DAY = 24 * 60 * 60 * 1000
const RECYCLE_DAYS = 60
const LISTED_DAYS = 120
const TYPES = ['all', 'recycle', 'permanent']

function renderRemoval({ org }: Call, removal: Removal, isPermanent: boolean) {
  const { id, name, at, by, createdBy } = removal
  const person = (key: string | null) => {
    const { user } = org.member(key ?? '') ?? org
    return isPermanent ? null : { name: user.name, id: user.id }
  }
  return {
    id,
    display_name: isPermanent ? null : name,
    type: isPermanent ? 'permanent' : 'recycle',
    deleted_by: person(by),
    created_by: person(createdBy),
    deleted_time: org.zone.format(at),
  }
}

export function listDeleted(call: Call): Reply {
  const { org, query } = call
  const { removals } = call.table()
  const type = query.get('type') ?? 'all'
  if (!TYPES.includes(type)) {
    const message = 'Please check whether the input values are correct'
    throw new ApiFault(400, 'PATTERN_NOT_MATCHED', message, { param_name: 'type' })
  }
  const since = headerSecond(call, 'if-modified-since')
  const first = since === null ? -1 : since + (org.options.modifiedSinceInclusive ? 0 : 1)
  const { page, perPage } = readPaging(call)
  const now = org.clock.now()
  const isPermanent = ({ at }: Removal) => at <= now - RECYCLE_DAYS * DAY
  const listed = removals.filter(
    (removal) =>
      removal.at > now - LISTED_DAYS * DAY &&
      Math.floor(removal.at / 1000) >= first &&
      (type === 'all' || isPermanent(removal) === (type === 'permanent'))
  )
  const shown = listed.slice((page - 1) * perPage, page * perPage)
  if (shown.length === 0) return { status: 204 }
  const data = shown.map((removal) => renderRemoval(call, removal, isPermanent(removal)))
  const isMore = listed.length > page * perPage
  const info = { per_page: perPage, count: shown.length, page, more_records: isMore }
  return { status: 200, body: { data, info } }
}
