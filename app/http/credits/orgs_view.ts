import Connection from '#domain/connections/connection'
import { orgOutlooks } from '#domain/runs/org_outlook'
import type { OrgOutlook } from '#domain/runs/org_outlook'
import Tenant from '#domain/tenants/tenant'
import { viewAccount } from '#http/credits/account_view'
import type { AccountView } from '#http/credits/account_view'

export type OrgTrouble = 'empty' | 'waiting' | 'reserve' | 'running_out' | 'slowed' | 'none'
export type OrgRow = Omit<AccountView, 'waiting'> & {
  key: string
  trouble: OrgTrouble
  waiting: number
  tenants: Array<{ slug: string; name: string }>
}

const ORDER: OrgTrouble[] = ['empty', 'waiting', 'reserve', 'running_out', 'slowed', 'none']

/** The accounts of all tenants, the one in most trouble first. */
export async function viewOrgs(now: number): Promise<OrgRow[]> {
  const [connections, tenants] = await Promise.all([
    Connection.query().orderBy('name'),
    Tenant.query().orderBy('name'),
  ])
  const outlooks = await orgOutlooks(connections, now)
  return outlooks
    .map((outlook) => viewOrg(outlook, tenants))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.trouble) - ORDER.indexOf(b.trouble) ||
        a.left / Math.max(1, a.perDay) - b.left / Math.max(1, b.perDay)
    )
}

function viewOrg(outlook: OrgOutlook, tenants: Tenant[]): OrgRow {
  const { waiting, ...account } = viewAccount(outlook)
  const owners = new Set(outlook.connections.map(({ tenantId }) => tenantId))
  return {
    ...account,
    key: outlook.org.key,
    trouble: troubleOf(outlook),
    waiting: waiting.length,
    tenants: tenants.filter(({ id }) => owners.has(id)).map(({ slug, name }) => ({ slug, name })),
  }
}

function troubleOf({ left, org, waiting, day, calls }: OrgOutlook): OrgTrouble {
  if (left <= 0) return 'empty'
  if (waiting.length > 0) return 'waiting'
  if (left < org.reserve) return 'reserve'
  if (day.reserveAt !== null) return 'running_out'
  return calls.allowed < calls.limit ? 'slowed' : 'none'
}
