import { type CheckResult, ConnectorError, type Context } from '#sdk'
import { isVendorError } from './api/vendor_error.js'
import { editionLimits } from './edition_limits.js'
import { fetchOrg } from './fetch_org.js'

const fields: { [code: string]: string } = {
  INVALID_HOST: 'apiUrl',
  INVALID_URL_PATTERN: 'apiVersion',
  INVALID_TOKEN: 'dataCentre',
}

function explained(error: ConnectorError): CheckResult {
  const code = isVendorError(error.cause) ? error.cause.code : ''
  if (fields[code]) return { ok: false, message: error.message, field: fields[code] }
  const named = /\((apiUrl|uploadUrl)\)/.exec(error.message)?.[1]
  if (named) return { ok: false, message: error.message, field: named }
  return { ok: false, message: error.message }
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
    const edition = org.license_details?.paid_type
    return {
      ok: true,
      message: `Connected to "${org.company_name ?? 'unnamed org'}" (org ${org.zgid}, ${edition ?? 'edition unknown'}).`,
      identity: org.zgid,
      limits: editionLimits(edition),
    }
  } catch (error) {
    if (error instanceof ConnectorError) return explained(error)
    throw error
  }
}
