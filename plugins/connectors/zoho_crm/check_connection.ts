import { checkAgainAfter, type CheckResult, ConnectorError, type Context } from '#sdk'
import { isVendorError } from './api/vendor_error.js'
import { editionLimits } from './edition_limits.js'
import { fetchOrg } from './fetch_org.js'
import { fetchUser } from './fetch_user.js'

const fields: { [code: string]: string } = {
  INVALID_HOST: 'apiUrl',
  INVALID_URL_PATTERN: 'apiVersion',
  INVALID_TOKEN: 'dataCentre',
}

function explained(ctx: Context, error: ConnectorError): CheckResult {
  const tryAfter = checkAgainAfter(error)
  if (tryAfter !== null) return { ok: false, message: error.message, tryAfter }
  const code = isVendorError(error.cause) ? error.cause.code : ''
  if (fields[code]) return { ok: false, message: error.message, field: fields[code] }
  const named = /\((apiUrl|uploadUrl)\)/.exec(error.message)?.[1]
  if (named) return { ok: false, message: error.message, field: named }
  if (error.kind === 'auth' || code !== '') {
    return { ok: false, message: error.message }
  }
  const message = `Zoho does not answer as expected at ${String(ctx.settings.apiUrl)}. ${error.message}`
  return { ok: false, message, field: 'apiUrl' }
}

export async function checkConnection(ctx: Context): Promise<CheckResult> {
  try {
    const org = await fetchOrg(ctx)
    const known = ctx.settings.orgId
    if (typeof known === 'string' && known !== '' && known !== org.zgid) {
      return {
        ok: false,
        field: 'orgId',
        message: `The authorised user belongs to "${org.company_name}" (${org.zgid}), but this connection is for org ${known}. Authorise it with a user of that org.`,
      }
    }
    const license = org.license_details ?? {}
    const edition = license.paid ? license.paid_type : (license.trial_type ?? license.paid_type)
    const account = org.company_name ?? 'unnamed org'
    const user = await fetchUser(ctx)
    return {
      ok: true,
      message: `Connected to "${account}" (org ${org.zgid}, ${edition ?? 'edition unknown'}).`,
      identity: org.zgid,
      account,
      facts: { Edition: edition ?? 'unknown', ...(user ? { User: user.name } : {}) },
      ...(user ? { user } : {}),
      limits: editionLimits(edition, Number(license.users_license_purchased ?? 0)),
      settings: { orgId: org.zgid },
    }
  } catch (error) {
    if (error instanceof ConnectorError) return explained(ctx, error)
    throw error
  }
}
