import type { RecordValues } from '#sdk'

export interface Shape {
  names: string[]
  ignoreEmpty: boolean
  rows: number[]
  left: number[]
}

function grouped(records: RecordValues[], rows: number[]) {
  const groups = new Map<string, number[]>()
  for (const index of rows) {
    const shape = Object.keys(records[index]).join('\n')
    const group = groups.get(shape)
    if (group) group.push(index)
    else groups.set(shape, [index])
  }
  return groups
}

function merged(records: RecordValues[], groups: Map<string, number[]>) {
  const sorted = new Map<string, number[]>()
  for (const group of groups.values()) {
    const shape = Object.keys(records[group[0]]).sort().join('\n')
    sorted.set(shape, (sorted.get(shape) ?? []).concat(group))
  }
  return [...sorted.values()].map((group) => group.sort((a, b) => a - b))
}

function hasNull(record: RecordValues) {
  return Object.values(record).some((value) => value === null || value === '')
}

/**
 * An absent field must stay and null must clear, but a file has one kind of empty cell. Where
 * both occur, the most frequent set of fields is sent and the rest is left for another job.
 */
export function chooseShape(records: RecordValues[], rows: number[]): Shape {
  const groups = grouped(records, rows)
  const shapes = groups.size > 1 ? merged(records, groups) : [...groups.values()]
  const names = [...new Set(shapes.flatMap((group) => Object.keys(records[group[0]])))]
  if (shapes.length <= 1) return { names, ignoreEmpty: false, rows, left: [] }
  if (!rows.some((index) => hasNull(records[index]))) {
    return { names, ignoreEmpty: true, rows, left: [] }
  }
  const largest = shapes.reduce((most, group) => (group.length > most.length ? group : most))
  const sent = new Set(largest)
  return {
    names: Object.keys(records[largest[0]]),
    ignoreEmpty: false,
    rows: largest,
    left: rows.filter((index) => !sent.has(index)),
  }
}
