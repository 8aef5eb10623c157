import type { Field, ServiceFlag } from '#sdk'
import type { Checked } from './checked.js'
import { flagTerms, type FlagTerms } from './flag_terms.js'
import { didYouMean } from './nearest.js'
import type { Problem } from './problem.js'

const PLACE = 'source.flag'
const TEXTS: Array<Field['type']> = ['text', 'picklist']
const FIT: Array<Field['type']> = ['boolean', 'integer', 'datetime', ...TEXTS]

/** All that keeps a service from flagging the records of its source. */
export function checkFlag(checked: Checked): Problem[] {
  const { definition, source, canFlag = false } = checked
  const { flag } = definition.source
  if (flag === undefined) return []
  if (!canFlag || !source.writable) {
    const message = `'${source.title}' cannot be written, so no flag can be set in it. Leave the flag out; 'incremental' reads what is new by a column.`
    return [{ where: PLACE, message }]
  }
  const field = source.fields.find(({ name }) => name === flag.field)
  if (field === undefined) {
    const hint = didYouMean(
      flag.field,
      source.fields.map(({ name }) => name)
    )
    const message = `'${source.name}' has no field '${flag.field}'.${hint}`
    return [{ where: `${PLACE}.field`, message }]
  }
  const unfit = unfitness(field, source.key)
  const problems =
    unfit === null
      ? checkValues(flag, field, checked)
      : [{ where: `${PLACE}.field`, message: unfit }]
  return [...problems, ...checkUse(flag, checked)]
}

function unfitness({ name, type, readOnly, unique }: Field, key: string[]): string | null {
  if (key.includes(name)) return `'${name}' is part of the key. Choose a field of its own.`
  if (readOnly) return `'${name}' cannot be written. Choose another field.`
  if (unique) return `No two records may hold the same in '${name}'. Choose another field.`
  if (FIT.includes(type)) return null
  return `'${name}' holds ${type}. A flag is true or false, a whole number, a text or a time.`
}

function checkValues(flag: ServiceFlag, field: Field, { source }: Checked): Problem[] {
  if (field.type === 'datetime') {
    const given = (['set', 'unset'] as const).filter((part) => flag[part] !== undefined)
    return [
      ...given.map((part) => ({ where: `${PLACE}.${part}`, message: TIMES[part] })),
      ...(given.length === 0 ? checkEmpty(field) : []),
    ]
  }
  const terms = flagTerms(flag, source)
  if (terms.set === null || terms.set === '') {
    const message = `Say what '${field.name}' holds when a record has arrived, for example "yes".`
    return [{ where: `${PLACE}.set`, message }]
  }
  const problems = (['set', 'unset'] as const).flatMap((part) => {
    const message = misfit(part, terms, field)
    return message === null ? [] : [{ where: `${PLACE}.${part}`, message }]
  })
  if (problems.length > 0) return problems
  if (terms.set === terms.unset) {
    const message = 'Set and unset are the same value, so nothing would tell them apart.'
    return [{ where: `${PLACE}.unset`, message }]
  }
  return terms.unset === null ? checkEmpty(field) : []
}

const TIMES = {
  set: 'A time is set to the moment at which the record arrived. Leave this out.',
  unset: 'A time that is not set is empty. Leave this out.',
}

function checkEmpty({ name, nullable }: Field): Problem[] {
  if (nullable !== false) return []
  const message = `'${name}' cannot be empty, so it cannot be unset. Let it be empty, or give 'unset' a value.`
  return [{ where: `${PLACE}.unset`, message }]
}

function misfit(part: 'set' | 'unset', terms: FlagTerms, field: Field): string | null {
  const { name, type, values, closed, maxLength } = field
  const value = terms[part]
  if (value === null) return null
  if (type === 'boolean') return typeof value === 'boolean' ? null : `'${name}' is true or false.`
  if (type === 'integer') return Number.isInteger(value) ? null : `'${name}' is a whole number.`
  if (typeof value !== 'string') return `'${name}' holds a text. Put the value in quotes.`
  if (closed && values !== undefined && !values.includes(value)) {
    return `'${name}' does not take '${value}'. It takes: ${values.join(', ')}.`
  }
  if (maxLength === undefined || value.length <= maxLength) return null
  return `'${name}' takes at most ${maxLength} characters.`
}

/** Where the service itself stands in the way of its flag. */
function checkUse({ field }: ServiceFlag, { definition }: Checked): Problem[] {
  const { source, target, mapping, incremental } = definition
  const problems: Problem[] = []
  if (incremental !== undefined) {
    const message = `The flag says which records are read. Followed by '${incremental.column}' as well, a record that did not arrive would stay unset and never be read again. Take one of the two out.`
    problems.push({ where: PLACE, message })
  }
  if (source.connection !== target.connection || source.stream !== target.stream) return problems
  mapping.forEach(({ to }, index) => {
    if (to !== field) return
    const message = `'${to}' is the flag of this very table. Remove the row, or choose another flag.`
    problems.push({ where: `mapping[${index}].to`, message })
  })
  return problems
}
