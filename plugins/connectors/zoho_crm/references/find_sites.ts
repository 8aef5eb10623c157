import { ConnectorError, type Context, type Field, type StreamDescription, type Value } from '#sdk'
import { isRow } from '../rows/is_row.js'
import type { Outgoing } from '../write/outgoing.js'
import { isReference, type Reference } from './reference.js'
import type { Site } from './site.js'
import { targetFields } from './target_fields.js'

/** What may point to several modules names its own: "Accounts.Account_Number". */
function moduleOf(field: Field | undefined, called: string, { by }: Reference): string {
  if (field?.lookup !== undefined) return field.lookup
  if (by.includes('.')) return by.split('.')[0]
  throw new ConnectorError(
    'config',
    `${called} may point to records of several modules. Name the module with the field, for example Accounts.${by}.`
  )
}

function holdsReference(value: Value | undefined): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (isReference(value)) return true
  return Object.values(value).some(holdsReference)
}

function siteOfField(outgoing: Outgoing, field: Field, reference: Reference): Site {
  const { name } = field
  const module = moduleOf(field, name, reference)
  const put = (value: Value) => {
    outgoing.put(name, value)
    if (field.lookup === undefined) outgoing.put('$se_module', module)
  }
  return { outgoing, field: name, called: name, module, reference, put }
}

function sitesOfList(outgoing: Outgoing, field: Field): Site[] {
  const list = outgoing.own(field.name)
  if (!Array.isArray(list)) return []
  return list.flatMap((reference, at) => {
    if (!isReference(reference)) return []
    const called = `entry ${at + 1} of ${field.name}`
    const put = (value: Value) => {
      list[at] = value
    }
    const module = moduleOf(field, called, reference)
    return [{ outgoing, field: field.name, called, module, reference, put }]
  })
}

async function sitesOfRows(ctx: Context, outgoing: Outgoing, field: Field): Promise<Site[]> {
  const list = outgoing.own(field.name)
  if (!Array.isArray(list)) return []
  const fields = await targetFields(ctx, field.rows ?? field.name)
  return list.filter(isRow).flatMap((row, at) =>
    Object.entries(row).flatMap(([name, reference]) => {
      if (!isReference(reference)) return []
      const called = `${name} in row ${at + 1} of ${field.name}`
      const put = (value: Value) => {
        row[name] = value
      }
      const module = moduleOf(fields.get(name)?.field, called, reference)
      return [{ outgoing, field: field.name, called, module, reference, put }]
    })
  )
}

async function sitesOf(ctx: Context, outgoing: Outgoing, field: Field): Promise<Site[]> {
  const value = outgoing.values[field.name]
  if (!holdsReference(value)) return []
  if (field.type === 'lookup')
    return isReference(value) ? [siteOfField(outgoing, field, value)] : []
  if (field.lookup !== undefined) return sitesOfList(outgoing, field)
  return field.rows === undefined ? [] : sitesOfRows(ctx, outgoing, field)
}

/** All references in records, each with the module that it points to. */
export async function findSites(
  ctx: Context,
  stream: StreamDescription,
  all: Outgoing[],
  except: (field: Field) => boolean = () => false
): Promise<Site[]> {
  const offered = stream.fields.filter(
    (field) => (field.type === 'lookup' || field.type === 'json') && !except(field)
  )
  if (offered.length === 0) return []
  const holding = new Set<Field>()
  for (const { values } of all) {
    for (const field of offered) if (holdsReference(values[field.name])) holding.add(field)
  }
  const fields = offered.filter((field) => holding.has(field))
  if (fields.length === 0) return []
  const sites: Site[] = []
  for (const outgoing of all) {
    for (const field of fields) sites.push(...(await sitesOf(ctx, outgoing, field)))
  }
  return sites
}
