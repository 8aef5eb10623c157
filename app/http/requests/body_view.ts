import { bodyContext } from '#domain/runs/run_request'
import type RunRequest from '#domain/runs/run_request'
import type Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'
import type { KeptBody } from '#workers/requests/request_note'

export type SaidText = { bytes: number; text: string | null; because: string | null }

/** What was sent and received, secrets and private fields hidden. */
export type BodyView = {
  query: Array<{ field: string; value: string }>
  sent: SaidText
  received: SaidText | null
}

export function viewBody({ id, sealedBody }: RunRequest, tenant: Tenant): BodyView | null {
  if (sealedBody === null) return null
  const body: KeptBody = JSON.parse(new Vault(tenant).open(sealedBody, bodyContext(id)))
  return { ...body, query: body.query.map(([field, value]) => ({ field, value })) }
}
