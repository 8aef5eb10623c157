import type { Match, ServiceDefinition, ServiceMatch, StreamDescription } from '#sdk'
import { checkDuplicates } from './check_duplicates.js'
import { checkFlag } from './check_flag.js'
import { compileFilter } from './filter.js'
import { compileMapping } from './compile_mapping.js'
import { didYouMean } from './nearest.js'
import { checkSearch } from './check_search.js'
import type { Checked } from './checked.js'
import type { Problem } from './problem.js'
import { suitableRoutes } from './suitable_routes.js'
import { viewOf } from './view_of.js'
import { checkOptions, completeOptions } from './write_options.js'
import { purposeOf, writesOf } from './writes_of.js'

/** All that is wrong with a definition, found before it is saved. Empty where it can run. */
export function checkDefinition(
  definition: ServiceDefinition,
  sourceStream: StreamDescription,
  targetStream: StreamDescription,
  { routes, options, search, canFlag }: Pick<Checked, 'routes' | 'options' | 'search' | 'canFlag'>
): Problem[] {
  const checked = {
    definition,
    source: sourceStream,
    target: targetStream,
    routes,
    options,
    search,
    canFlag,
  }
  const mapping = compileMapping(definition, sourceStream, targetStream)
  const isDelete = definition.target.operation === 'delete'
  return [
    ...checkSource(checked),
    ...checkDuplicates(definition),
    ...checkFlag(checked),
    ...checkRoutes(checked),
    ...checkMatching(definition.target.match, checked),
    ...(mapping.ok ? [] : mapping.problems),
    ...(isDelete ? [] : checkReadOnly(checked)),
    ...checkMandatory(checked),
    ...checkOptions(options, definition.target.options),
  ]
}

function checkSource({ definition, source, target }: Checked): Problem[] {
  const problems: Problem[] = []
  if (!source.readable) {
    problems.push({ where: 'source.stream', message: `'${source.name}' cannot be read.` })
  }
  if (!target.writable) {
    problems.push({ where: 'target.stream', message: `'${target.name}' cannot be written.` })
  }
  const filter = compileFilter(definition.source.filter, source)
  if (!filter.ok) problems.push({ where: 'source.filter', message: filter.message })
  const { view } = definition.source
  if (view !== undefined && viewOf(source, view) === undefined) {
    const titles = (source.views ?? []).map(({ title }) => title)
    const near = didYouMean(view, titles) || ` It has: ${titles.join(', ') || 'none'}.`
    problems.push({
      where: 'source.view',
      message: `'${source.name}' has no view '${view}'.${near}`,
    })
  }
  const column = definition.incremental?.column
  if (column !== undefined && !source.cursors.includes(column)) {
    const choice = source.cursors.join(', ') || 'none'
    const message = `'${source.name}' cannot be followed by '${column}'. It can by: ${choice}.`
    problems.push({ where: 'incremental.column', message })
  }
  return problems
}

const UNSUITED =
  'cannot write all mapped fields with these options. Change the options or the mapping, or leave the route out.'

const UNFIT_TO_DELETE = 'cannot delete records with these options. Change the options.'

function checkRoutes({ definition, target, routes, options }: Checked): Problem[] {
  const { route: wanted } = definition.target
  const complete = completeOptions(options, definition.target.options)
  const missing = writesOf(definition.target).find(
    (writing) => suitableRoutes(routes, definition, complete, writing).length === 0
  )
  if (missing === undefined) return []
  const { operation } = missing
  if (wanted === undefined) {
    if (routes.some((route) => route.operations.includes(operation))) {
      const cannot = operation === 'delete' ? UNFIT_TO_DELETE : UNSUITED
      return [{ where: 'target.options', message: `'${target.name}' ${cannot}` }]
    }
    const offered = [...new Set(routes.flatMap((route) => route.operations))].join(', ')
    const message = `'${target.name}' offers no ${operation}. It offers: ${offered || 'nothing'}.`
    return [{ where: 'target.operation', message }]
  }
  const route = routes.find((each) => each.name === wanted)
  if (!route) {
    const names = routes.map((each) => each.name)
    const hint = didYouMean(wanted, names) || ` It has: ${names.join(', ')}.`
    return [{ where: 'target.route', message: `'${target.name}' has no route '${wanted}'.${hint}` }]
  }
  if (route.operations.includes(operation)) {
    return [{ where: 'target.route', message: `The route '${wanted}' ${UNSUITED}` }]
  }
  const message = `The route '${wanted}' offers ${route.operations.join(', ')}, not ${operation}.`
  return [{ where: 'target.route', message }]
}

function checkMatching(match: ServiceMatch, checked: Checked): Problem[] {
  return match.by === 'search' ? checkSearch(match, checked) : checkMatch(match, checked)
}

function checkMatch(match: Match, { definition, source, target }: Checked): Problem[] {
  if (match.by === 'id') {
    const names = source.fields.map((field) => field.name)
    if (match.column === undefined || names.includes(match.column)) return []
    const hint = didYouMean(match.column, names)
    const message = `'${source.name}' has no field '${match.column}'.${hint}`
    return [{ where: 'target.match.column', message }]
  }
  if (match.fields.length === 0) {
    const message =
      definition.target.operation === 'delete'
        ? 'Name at least one field that tells which record to delete, or delete by id.'
        : 'Name at least one field that records are matched by.'
    return [{ where: 'target.match.fields', message }]
  }
  const mapped = new Set(definition.mapping.map((row) => row.to))
  return match.fields.flatMap((name, index) => {
    const message = matchProblem(name, target, mapped)
    return message === null ? [] : [{ where: `target.match.fields[${index}]`, message }]
  })
}

function matchProblem(name: string, target: StreamDescription, mapped: Set<string>): string | null {
  const field = target.fields.find((each) => each.name === name)
  if (!field) {
    const names = target.fields.map((each) => each.name)
    return `'${target.name}' has no field '${name}'.${didYouMean(name, names)}`
  }
  if (!mapped.has(name)) return `Records are matched by '${name}', so the mapping must fill it.`
  if (field.unique || field.matchable) return null
  const good = target.fields.filter((each) => each.unique || each.matchable)
  const names = good.map((each) => (each.unique ? each.name : `${each.name} (matched by)`))
  const choice = names.length > 0 ? `Unique are: ${names.join(', ')}.` : 'Make it unique there.'
  return `'${name}' is not unique in '${target.name}', so records cannot be matched by it. ${choice}`
}

function checkReadOnly({ definition, target }: Checked): Problem[] {
  const readOnly = new Set(target.fields.filter((each) => each.readOnly).map((each) => each.name))
  return definition.mapping.flatMap((row, index) =>
    readOnly.has(row.to)
      ? [
          {
            where: `mapping[${index}].to`,
            message: `'${row.to}' cannot be written. Remove the row.`,
          },
        ]
      : []
  )
}

function checkMandatory({ definition, target }: Checked): Problem[] {
  const operation = purposeOf(definition.target)
  if (operation === 'update' || operation === 'delete') return []
  const mapped = new Set(definition.mapping.map((row) => row.to))
  return target.fields
    .filter((field) => field.mandatory && !field.readOnly && !mapped.has(field.name))
    .map((field) => ({
      where: 'mapping',
      message: `'${target.name}' needs a value in '${field.name}' on ${operation}. Add a row for it.`,
    }))
}
