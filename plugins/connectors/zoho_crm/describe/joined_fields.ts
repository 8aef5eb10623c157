import { ConnectorError, type Context, type Field } from '#sdk'
import { targetFields } from '../references/target_fields.js'
import type { ModuleMetadata } from './metadata.js'
import { titleField } from './title_field.js'

/** A longer text may arrive cut, and a lookup's own lookup would be a second join. */
const LONGEST = 500
const NOT_JOINED = ['json', 'lookup', 'multipicklist']
const KINDS = ['default', 'custom']

const PERSON: Field[] = [
  { name: 'name', label: 'name', type: 'text' },
  { name: 'email', label: 'e-mail', type: 'email' },
]

function joined(lookup: Field, far: Field, label: string): Field {
  const { mandatory, unique, matchable, custom, ...shape } = far
  return {
    ...shape,
    name: `${lookup.name}.${far.name}`,
    label: `${lookup.label ?? lookup.name}: ${label}`,
    readOnly: true,
    nullable: true,
  }
}

function title(module: string): Field {
  return { name: titleField(module), type: 'text', maxLength: 255 }
}

/** The fields of a module that a join brings; but its title where the user may not see more. */
async function farFields(ctx: Context, module: string): Promise<Field[]> {
  try {
    const known = await targetFields(ctx, module)
    const all = [...known.values()].map(({ field }) => field)
    const plain = all.filter(
      ({ name, type, maxLength = 0 }) =>
        name !== 'id' && !NOT_JOINED.includes(type) && maxLength <= LONGEST
    )
    return plain.filter(({ name }) => name !== titleField(module))
  } catch (error) {
    const isHidden = error instanceof ConnectorError && error.kind !== 'transient'
    if (!isHidden) throw error
    ctx.log.warn('Zoho does not show the fields behind a lookup', { module })
    return []
  }
}

/** The fields that lie behind a module's lookups, one join away, the title of each first. */
export async function joinedFields(
  ctx: Context,
  fields: Field[],
  modules: ModuleMetadata[]
): Promise<Field[]> {
  const lookups = fields.filter(({ type }) => type === 'lookup')
  const reached = await Promise.all(
    lookups.map(async (lookup) => {
      if (lookup.lookup === 'users')
        return PERSON.map((far) => joined(lookup, far, far.label ?? ''))
      const module = modules.find(({ api_name: name }) => name === lookup.lookup)
      if (!module || !KINDS.includes(module.generated_type ?? '')) return []
      const name = module.api_name
      const far = await farFields(ctx, name)
      return [
        joined(lookup, title(name), 'name'),
        ...far.map((field) => joined(lookup, field, field.label ?? field.name)),
      ]
    })
  )
  return reached.flat()
}
