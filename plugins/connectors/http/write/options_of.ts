import type { StreamDescription, WriteBatch } from '#sdk'
import { writeOptions } from './write_options.js'

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof METHODS)[number]

export interface CallOptions {
  method: Method
  path: string
  body: string
  perCall: number
  envelope: string
  isFine(status: number): boolean
  results: string
  okPointer: string
  okValue: string
  idPointer: string
  messagePointer: string
  idempotencyHeader: string
  repeatable: boolean
  writesAllOrNothing: boolean
}

export function optionsOf(stream: StreamDescription, given: WriteBatch['options']): CallOptions {
  const defaults = new Map(writeOptions(stream).map((field) => [field.name, field.default]))
  const text = (name: string) => String(given[name] ?? defaults.get(name) ?? '').trim()
  const method = text('method')
  return {
    method: METHODS.find((known) => known === method) ?? 'POST',
    path: text('path'),
    body: text('body'),
    perCall: Number(text('perCall')),
    envelope: text('envelope'),
    isFine: statusTest(text('okStatus')),
    results: text('results'),
    okPointer: text('okPointer'),
    okValue: text('okValue'),
    idPointer: text('idPointer'),
    messagePointer: text('messagePointer'),
    idempotencyHeader: text('idempotencyHeader').toLowerCase(),
    repeatable: given.repeatable === true,
    writesAllOrNothing: given.allOrNothing === true,
  }
}

function statusTest(text: string): (status: number) => boolean {
  const ranges = text.split(',').map((part) => part.trim().split('-').map(Number))
  return (status) => ranges.some(([from, until = from]) => status >= from && status <= until)
}
