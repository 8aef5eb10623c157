import type { Field, StreamDescription, Value } from '#sdk'

type Convert = (text: string) => Value

/** As a list gives it: without zeros at the end. A decimal that is no JSON number stays as it is. */
function decimal({ asNumber }: Field): Convert {
  const isPlain = (text: string) => asNumber === true && /^-?\d+\.\d+$/.test(text)
  return (text) => (isPlain(text) ? text.replace(/\.?0+$/, '') : text)
}

function conversion(field: Field | undefined): Convert {
  switch (field?.type) {
    case 'boolean':
      return (text) => text === 'true' || text === '1'
    case 'integer':
      return Number
    case 'decimal':
      return decimal(field)
    case 'multipicklist':
      return (text) => text.split(';')
    case 'lookup':
      return (id) => ({ id })
    default:
      return (text) => text
  }
}

/** Turns rows of cells into the records that a list would give. Empty cells are null. */
export function recordOfCells(stream: StreamDescription, header: string[]) {
  const plan = header.map((name) => {
    const known = stream.fields.find((each) => each.name.toLowerCase() === name.toLowerCase())
    return { name: known?.name ?? name, convert: conversion(known) }
  })
  return (cells: string[]) =>
    Object.fromEntries(
      plan.map(({ name, convert }, at) => [name, cells[at] ? convert(cells[at]) : null])
    )
}
