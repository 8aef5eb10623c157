import type { Call, Reply } from '../server/call.js'

export function showOrg({ org }: Call): Reply {
  const { ids, zgid, options, user } = org
  const entry = {
    id: ids.fixed(1),
    zgid,
    company_name: org.company,
    primary_zuid: `${zgid}${user.id.slice(-3)}`,
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
