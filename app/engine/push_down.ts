import type { ASTNode } from '@marcbachmann/cel-js'
import type { Comparison, Field, Filter, StreamDescription, Value } from '#sdk'
import { fieldOf } from './expression.js'

const COMPARISONS: { [op: string]: Comparison } = {
  '==': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}
const TEXTS = new Set<Field['type']>(['text', 'email', 'phone', 'url', 'picklist'])

/**
 * The part of a condition that the source can evaluate itself with exactly the same result;
 * null where there is none. Of `a && b` either side may go alone: what it drops, `&&` drops too.
 */
export function pushDown(node: ASTNode, stream: StreamDescription): Filter | null {
  if (node.op === '&&') {
    const sides = node.args.map((side) => pushDown(side, stream)).filter((side) => side !== null)
    if (sides.length < 2) return sides[0] ?? null
    return stream.pushdown.includes('all') ? { all: sides } : sides[0]
  }
  if (node.op === '||') {
    const [left, right] = node.args.map((side) => whole(side, stream))
    return left && right && stream.pushdown.includes('any') ? { any: [left, right] } : null
  }
  return whole(node, stream)
}

/** The node as a filter that means the very same. */
function whole(node: ASTNode, stream: StreamDescription): Filter | null {
  if (node.op === '&&') {
    const [left, right] = node.args.map((side) => whole(side, stream))
    return left && right && stream.pushdown.includes('all') ? { all: [left, right] } : null
  }
  if (node.op === '||') return pushDown(node, stream)
  if (node.op === 'in') return membership(node.args, stream)
  const op = COMPARISONS[node.op]
  if (op === undefined || !stream.pushdown.includes(op)) return null
  const [left, right] = node.args as [ASTNode, ASTNode]
  const field = fieldNamed(left, stream)
  const value = literal(right)
  if (!field || value === undefined || !isExact(field, op, value)) return null
  return { field: field.name, op, value }
}

function membership([left, right]: [ASTNode, ASTNode], stream: StreamDescription): Filter | null {
  const field = fieldNamed(left, stream)
  if (!field || right.op !== 'list' || !stream.pushdown.includes('in')) return null
  const values = right.args.map(literal)
  const exact = values.every((value) => value !== undefined && isExact(field, '=', value))
  return exact ? { field: field.name, op: 'in', values: values as Value[] } : null
}

function fieldNamed(node: ASTNode, stream: StreamDescription): Field | undefined {
  const name = fieldOf(node, 'bare')
  return stream.fields.find((field) => field.name === name)
}

function literal(node: ASTNode): Value | undefined {
  if (node.op !== 'value') return undefined
  const value = node.args
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : undefined
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
  return undefined
}

/**
 * Text collates, decimals are text to us and times are written in many ways, so only these are
 * the same on both sides. An ordered comparison with null rejects a record here and drops it
 * there, so the field must never be null.
 */
function isExact(field: Field, op: Comparison, value: Value): boolean {
  const equality = op === '=' || op === '!='
  if (value === null) return equality
  if (equality) {
    if (TEXTS.has(field.type)) return typeof value === 'string'
    if (field.type === 'boolean') return typeof value === 'boolean'
  } else if (field.nullable !== false) {
    return false
  }
  return field.type === 'integer' && typeof value === 'number'
}
