import { Environment, type ASTNode, type ParseResult } from '@marcbachmann/cel-js'
import type { Field, FieldType, StreamDescription } from '#sdk'
import { aliasOf, nameOfAlias, withoutDots } from './dotted_names.js'
import { registerFormulaFunctions } from './formula_functions.js'
import { didYouMean } from './nearest.js'

/** A checked CEL expression. */
export interface Expression {
  evaluate: ParseResult
  ast: ASTNode
  /** CEL's name of the result's type, "dyn" where it depends on the record. */
  type: string
  /** The source fields it reads. */
  fields: string[]
}

export type Compiled = { ok: true; expression: Expression } | { ok: false; message: string }

/** `source`: fields are read as `source.name`, in formulas. `bare`: as `name`, in filters. */
export type Scope = 'source' | 'bare'

const CEL_TYPES: { [type in FieldType]: string } = {
  text: 'string',
  email: 'string',
  phone: 'string',
  url: 'string',
  picklist: 'string',
  decimal: 'string',
  date: 'string',
  datetime: 'string',
  boolean: 'bool',
  multipicklist: 'list<string>',
  integer: 'dyn',
  lookup: 'dyn',
  json: 'dyn',
}

const IDENTIFIER = /^[A-Za-z_]\w*$/

/** What all expressions can use. Registering it takes longer than compiling most services. */
const language = registerFormulaFunctions(
  new Environment({
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 2_000, maxDepth: 50 },
  })
)

/**
 * Parsed twice: once against the stream's types, to find mistakes when the service is saved,
 * once against plain values, since any field may hold null in a record.
 */
export function expressionCompiler(stream: StreamDescription, scope: Scope) {
  const checking = environment(stream, scope, (field) => CEL_TYPES[field.type])
  const running = environment(stream, scope, () => 'dyn')
  const names = stream.fields.map((field) => field.name)

  return (text: string): Compiled => {
    const plain = withoutDots(text, names, scope)
    // Where names were replaced, positions are no longer those of the text.
    const at = (start?: number) => (plain === text ? start : undefined)
    const checked = checking.check(plain)
    const failure = checked.error
    if (failure) {
      return { ok: false, message: explain(text, failure.summary, at(failure.range?.start), names) }
    }
    const evaluate = running.parse(plain)
    const fields = new Set<string>()
    const forbidden = collect(evaluate.ast, scope, names, fields)
    if (forbidden) return { ok: false, message: forbidden }
    const rerun = evaluate.check()
    if (rerun.error) {
      return {
        ok: false,
        message: explain(text, rerun.error.summary, at(rerun.error.range?.start), names),
      }
    }
    const expression = { evaluate, ast: evaluate.ast, type: checked.type ?? 'dyn' }
    return { ok: true, expression: { ...expression, fields: [...fields] } }
  }
}

function environment(
  stream: StreamDescription,
  scope: Scope,
  typeOf: (field: Field) => string
): Environment {
  const env = language.clone()
  if (scope === 'bare') {
    for (const field of stream.fields) {
      const name = aliasOf(field.name)
      if (IDENTIFIER.test(name)) env.registerVariable(name, typeOf(field))
    }
    return env
  }
  const typed = stream.fields.some((field) => typeOf(field) !== 'dyn')
  if (!typed) return env.registerVariable('source', 'map<string, dyn>')
  const schema = Object.fromEntries(stream.fields.map((field) => [field.name, typeOf(field)]))
  return env.registerVariable({ name: 'source', schema })
}

function explain(text: string, summary: string, at: number | undefined, names: string[]): string {
  const place = at === undefined ? '' : ` at position ${at + 1} of '${text}'`
  const missing = /^(?:No such key|Unknown variable): (.+)$/.exec(summary)
  if (missing) {
    return `There is no source field '${missing[1]}'${place}.${didYouMean(missing[1], names)}`
  }
  return `${summary}${place}.${advice(summary)}`
}

function advice(summary: string): string {
  if (/string [-+*/%<>]=? (int|double)|(int|double) [-+*/%<>]=? string/.test(summary)) {
    return ' Turn a text into a number by number(…), or a number into a text by text(…).'
  }
  if (summary.startsWith('Ternary branches')) return ' Give both the same type, or use dyn(…).'
  return ''
}

/** Gathers the fields read. Answers what is not allowed, if anything. */
function collect(node: ASTNode, scope: Scope, names: string[], into: Set<string>): string | null {
  if (node.op === 'rcall' && node.args[0] === 'matches') {
    return 'matches() is not available: use contains, startsWith or endsWith.'
  }
  const field = fieldOf(node, scope)
  if (field !== null) {
    into.add(field)
    return null
  }
  if (node.op === 'id' && node.args === 'source' && scope === 'source') {
    for (const name of names) into.add(name)
  }
  for (const child of childrenOf(node.args)) {
    const found = collect(child, scope, names, into)
    if (found) return found
  }
  return null
}

/** The field that a node reads, where it is a plain reference. */
export function fieldOf(node: ASTNode, scope: Scope): string | null {
  if (scope === 'bare') return node.op === 'id' ? nameOfAlias(node.args) : null
  if (node.op === '.') return isSource(node.args[0]) ? node.args[1] : null
  if (node.op !== '[]' || !isSource(node.args[0])) return null
  const [, index] = node.args
  return index.op === 'value' && typeof index.args === 'string' ? index.args : null
}

function isSource(node: ASTNode): boolean {
  return node.op === 'id' && node.args === 'source'
}

function childrenOf(args: unknown): ASTNode[] {
  if (!Array.isArray(args)) return isNode(args) ? [args] : []
  return args.flatMap((each) => (isNode(each) ? [each] : childrenOf(each)))
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}
