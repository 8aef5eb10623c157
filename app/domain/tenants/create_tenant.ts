import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import { Refusal } from '#domain/refusal'
import Tenant from '#domain/tenants/tenant'
import { newWrappedKey } from '#domain/tenants/vault'

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

export async function createTenant(slug: string, name: string): Promise<Tenant> {
  if (!SLUG.test(slug)) {
    throw new Refusal(
      `"${slug}" cannot be a tenant's slug: use 1 to 63 lower case letters, digits and hyphens, for example "north-wind"`
    )
  }
  if (await Tenant.findBy('slug', slug)) {
    throw new Refusal(`There is already a tenant "${slug}": choose another slug`)
  }
  const id = uuid()
  return Tenant.create({ id, slug, name, wrappedKey: newWrappedKey(id), createdAt: DateTime.utc() })
}
