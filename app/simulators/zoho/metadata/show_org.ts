import type { Call, Reply } from '../server/call.js'

export function showOrg({ org }: Call): Reply {
  const { ids, zgid, options, user } = org
  const entry = {
    id: ids.fixed(1),
    zgid,
    company_name: 'Simulated Company',
    primary_zuid: `${zgid}7`,
    primary_email: user.email,
    currency: 'Euro - EUR',
    currency_locale: 'de_DE',
    currency_symbol: '€',
    iso_code: 'EUR',
    time_zone: options.timeZone,
    country_code: 'DE',
    domain_name: `org${zgid}`,
    type: 'production',
    mc_status: false,
    license_details: {
      paid: options.edition !== 'free',
      paid_type: options.edition,
      paid_expiry: null,
      users_license_purchased: options.users,
      trial_type: null,
      trial_expiry: null,
    },
  }
  return { status: 200, body: { org: [entry] } }
}

export function listUsers({ org, query }: Call): Reply {
  const { user, ids, options, zgid } = org
  const wanted = query.get('ids')?.split(',')
  if (wanted && !wanted.includes(user.id)) return { status: 204 }
  const entry = {
    id: user.id,
    full_name: user.name,
    first_name: 'Sim',
    last_name: 'Admin',
    email: user.email,
    status: 'active',
    role: { id: ids.fixed(601), name: 'CEO' },
    profile: { id: ids.fixed(501), name: 'Administrator' },
    zuid: `${zgid}7`,
    time_zone: options.timeZone,
    locale: 'en_US',
    country: 'DE',
  }
  const info = { per_page: 200, count: 1, page: 1, more_records: false }
  return { status: 200, body: { users: [entry], info } }
}
