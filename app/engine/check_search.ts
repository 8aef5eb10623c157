import type { Field, SearchMatch, StreamDescription } from '#sdk'
import type { Checked } from './checked.js'
import { didYouMean } from './nearest.js'
import type { Problem } from './problem.js'
import { policyOf } from './search_plan.js'

const PLACE = 'target.match'

/** All that is wrong with how records are searched for. */
export function checkSearch(match: SearchMatch, checked: Checked): Problem[] {
  const { definition, target, search } = checked
  if (definition.target.operation !== 'upsert') {
    const message = 'By a search, the operation is upsert. What is done follows from what is found.'
    return [{ where: 'target.operation', message }]
  }
  if (!search) {
    const message = `'${target.name}' cannot be searched. Match by fields or by id.`
    return [{ where: PLACE, message }]
  }
  const groups = match.any.flatMap((group, index) => checkGroup(group, index, checked))
  if (match.any.length === 0) {
    groups.push({ where: `${PLACE}.any`, message: 'Name at least one field to search by.' })
  }
  return [...groups, ...checkPolicies(match, checked), ...checkReading(match, checked)]
}

function checkGroup(group: string[], index: number, checked: Checked): Problem[] {
  const where = `${PLACE}.any[${index}]`
  const { target, search } = checked
  if (group.length === 0) return [{ where, message: 'Name at least one field in each group.' }]
  const problems = group.flatMap((name, at) => {
    const message = fieldProblem(name, group.indexOf(name) !== at, checked)
    return message === null ? [] : [{ where: `${where}[${at}]`, message }]
  })
  if (problems.length > 0) return problems
  const fields = target.fields.filter(({ name }) => group.includes(name))
  const refused = search?.refuses(target, fields) ?? null
  return refused === null ? [] : [{ where, message: refused }]
}

function fieldProblem(
  name: string,
  isTwice: boolean,
  { definition, target }: Checked
): string | null {
  const field: Field | undefined = target.fields.find((each) => each.name === name)
  if (!field) {
    const names = target.fields.map((each) => each.name)
    return `'${target.name}' has no field '${name}'.${didYouMean(name, names)}`
  }
  if (isTwice) return `'${name}' stands twice in one group. Remove one of the two.`
  const row = definition.mapping.find(({ to }) => to === name)
  if (!row) return `Records are searched by '${name}', so the mapping must fill it.`
  if (row.by === undefined) return null
  return `'${name}' is itself looked up by '${row.by}', so its id is not known when records are searched. Search by another field.`
}

function checkPolicies(match: SearchMatch, { target, search }: Checked): Problem[] {
  const { none, one, many } = policyOf(match)
  const problems: Problem[] = []
  if (none === 'skip' && one === 'skip') {
    const message = 'Both what is found and what is not is skipped, so nothing is ever written.'
    problems.push({ where: `${PLACE}.one`, message })
  }
  const needsAge = many === 'oldest' || many === 'newest'
  if (match.created !== undefined) problems.push(...checkCreated(match.created, target))
  else if (needsAge && search?.created(target) === null) {
    const message = `'${target.name}' does not say when a record was created, so the ${many} is not known. Name its field that does under created, let a person choose, or skip.`
    problems.push({ where: `${PLACE}.many`, message })
  }
  return problems
}

const AGES = ['datetime', 'date', 'integer']

function checkCreated(name: string, target: StreamDescription): Problem[] {
  const where = `${PLACE}.created`
  const field = target.fields.find((each) => each.name === name)
  if (field && AGES.includes(field.type)) return []
  const names = target.fields.filter(({ type }) => AGES.includes(type)).map((each) => each.name)
  const message = field
    ? `'${name}' is no time and no whole number, so it does not tell which record is older.`
    : `'${target.name}' has no field '${name}'.${didYouMean(name, names)}`
  return [{ where, message }]
}

function checkReading({ normalised }: SearchMatch, { target }: Checked): Problem[] {
  if (!normalised || target.readable) return []
  const message = `'${target.name}' cannot be read, which comparing in one form needs.`
  return [{ where: `${PLACE}.normalised`, message }]
}
