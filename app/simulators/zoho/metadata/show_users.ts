import type { Member } from '../auth/org_user.js'
import { readPaging } from '../records/read_paging.js'
import { ApiFault } from '../server/api_fault.js'
import type { Call, Reply } from '../server/call.js'
import { idNumbers } from './id_numbers.js'

type Test = (person: Member['person']) => boolean

const isActive: Test = ({ status = 'active' }) => status === 'active'
const isConfirmed: Test = ({ isConfirmed: confirmed = true }) => confirmed
const isAdmin: Test = (person) => person.isAdmin === true
const isDeleted: Test = ({ status }) => status === 'deleted'

const types: Record<string, Test> = {
  AllUsers: (person) => !isDeleted(person),
  ActiveUsers: isActive,
  DeactiveUsers: ({ status }) => status === 'inactive',
  ConfirmedUsers: (person) => isConfirmed(person) && !isDeleted(person),
  NotConfirmedUsers: (person) => !isConfirmed(person) && !isDeleted(person),
  DeletedUsers: isDeleted,
  ActiveConfirmedUsers: (person) => isActive(person) && isConfirmed(person),
  AdminUsers: (person) => isAdmin(person) && !isDeleted(person),
  ActiveConfirmedAdmins: (person) => isActive(person) && isConfirmed(person) && isAdmin(person),
}

function renderUser({ org }: Call, { user, person }: Member) {
  const { ids, options, zgid } = org
  const [first, ...rest] = user.name.split(' ')
  const rank = isAdmin(person) ? 0 : 1
  return {
    id: user.id,
    full_name: user.name,
    first_name: rest.length > 0 ? first : null,
    last_name: rest.length > 0 ? rest.join(' ') : first,
    email: user.email,
    status: person.status ?? 'active',
    confirm: isConfirmed(person),
    role: { id: ids.fixed(idNumbers.roles + rank), name: ['CEO', 'Manager'][rank] },
    profile: {
      id: ids.fixed(idNumbers.profiles + rank),
      name: ['Administrator', 'Standard'][rank],
    },
    zuid: `${zgid}${user.id.slice(-3)}`,
    time_zone: options.timeZone,
    locale: 'en_US',
    country: 'DE',
  }
}

function findMembers({ org, query, user }: Call) {
  const { members } = org
  const type = query.get('type') ?? 'AllUsers'
  if (type === 'CurrentUser') return members.filter((member) => member.user.id === user.id)
  const test = Object.hasOwn(types, type) ? types[type] : null
  if (!test) throw new ApiFault(400, 'INVALID_DATA', 'invalid data', { param_name: 'type' })
  const ids = query.get('ids')?.split(',')
  if (ids && ids.length > 100) {
    throw new ApiFault(400, 'LIMIT_EXCEEDED', 'too many ids', { param_name: 'ids', limit: 100 })
  }
  return members.filter((member) => {
    return test(member.person) && (!ids || ids.includes(member.user.id))
  })
}

export function listUsers(call: Call): Reply {
  const { page, perPage } = readPaging(call)
  const found = findMembers(call)
  const shown = found.slice((page - 1) * perPage, page * perPage)
  if (shown.length === 0) return { status: 204 }
  const isMore = found.length > page * perPage
  const info = { per_page: perPage, count: shown.length, page, more_records: isMore }
  return { status: 200, body: { users: shown.map((one) => renderUser(call, one)), info } }
}

export function showUser(call: Call): Reply {
  const member = call.org.members.find(({ user }) => user.id === call.params.user)
  return member ? { status: 200, body: { users: [renderUser(call, member)] } } : { status: 204 }
}
