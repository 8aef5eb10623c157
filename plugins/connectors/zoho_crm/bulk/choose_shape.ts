import type { RecordValues, Value } from '#sdk'
import type { RecordAt } from './record_at.js'

export interface Shape {
  names: string[]
  ignoreEmpty: boolean
  rows: number[]
  left: number[]
}

function grouped(record: RecordAt, rows: number[]) {
  const groups = new Map<string, number[]>()
  for (const index of rows) {
    const shape = Object.keys(record(index)).join('\n')
    const group = groups.get(shape)
    if (group) group.push(index)
    else groups.set(shape, [index])
  }
  return groups
}

function merged(record: RecordAt, groups: Map<string, number[]>) {
  const sorted = new Map<string, number[]>()
  for (const group of groups.values()) {
    const shape = Object.keys(record(group[0])).sort().join('\n')
    sorted.set(shape, (sorted.get(shape) ?? []).concat(group))
  }
  return [...sorted.values()].map((group) => group.sort((a, b) => a - b))
}

function isEmptyCell(value: Value) {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function hasNull(record: RecordValues) {
  return Object.values(record).some(isEmptyCell)
}

/** Whether a record has these fields in this order. */
export function hasFields(record: RecordValues, names: string[]) {
  let place = 0
  for (const name in record) if (names[place++] !== name) return false
  return place === names.length
}

/**
 * An absent field must stay and null must clear, but a file has one kind of empty cell. Where
 * both occur, the most frequent set of fields is sent and the rest is left for another job.
 * @param keepsEmpty null is not to clear anything either
 */
export function chooseShape(record: RecordAt, rows: number[], keepsEmpty = false): Shape {
  if (keepsEmpty) {
    const names = [...new Set(rows.flatMap((index) => Object.keys(record(index))))]
    return { names, ignoreEmpty: true, rows, left: [] }
  }
  const first = rows.length > 0 ? Object.keys(record(rows[0])) : []
  if (rows.every((index) => hasFields(record(index), first))) {
    return { names: first, ignoreEmpty: false, rows, left: [] }
  }
  const shapes = merged(record, grouped(record, rows))
  const names = [...new Set(shapes.flatMap((group) => Object.keys(record(group[0]))))]
  if (shapes.length <= 1) return { names, ignoreEmpty: false, rows, left: [] }
  if (!rows.some((index) => hasNull(record(index)))) {
    return { names, ignoreEmpty: true, rows, left: [] }
  }
  const largest = shapes.reduce((most, group) => (group.length > most.length ? group : most))
  const sent = new Set(largest)
  return {
    names: Object.keys(record(largest[0])),
    ignoreEmpty: false,
    rows: largest,
    left: rows.filter((index) => !sent.has(index)),
  }
}
