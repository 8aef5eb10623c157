import { Readable } from 'node:stream'
import type {
  Context,
  Field,
  Operation,
  RecordValues,
  Route,
  ServiceDefinition,
  StreamAccess,
  StreamDescription,
} from '#sdk'
import type { Ledger } from '#engine/ledger'
import type { SyncInput } from '#engine/sync_input'
import { virtualWorld } from './virtual_world.js'

export function stream(name: string, fields: Field[], key = ['id']): StreamDescription {
  return {
    name,
    title: name,
    key,
    fields,
    readable: true,
    writable: true,
    cursors: [],
    pushdown: [],
  }
}

export const ORDERS = stream('orders', [
  { name: 'id', type: 'integer', nullable: false },
  { name: 'ref', type: 'text' },
  { name: 'name', type: 'text' },
])

export const DEALS = stream('Deals', [
  { name: 'Ref', type: 'text', unique: true },
  { name: 'Name', type: 'text', mandatory: true, maxLength: 80 },
])

export function orders(count: number): RecordValues[] {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    ref: `R${index + 1}`,
    name: `Order ${index + 1}`,
  }))
}

export function definition(operation: Operation): ServiceDefinition {
  return {
    name: 'orders-to-deals',
    kind: 'import',
    source: { connection: 'shop', stream: 'orders' },
    target: {
      connection: 'crm',
      stream: 'Deals',
      operation,
      match: { by: 'fields', fields: ['Ref'] },
    },
    mapping: [
      { to: 'Ref', from: 'ref' },
      { to: 'Name', formula: 'source.name' },
    ],
  }
}

export interface Parts {
  source: StreamAccess
  routes: Route[]
  ledger: Ledger
  operation?: Operation
  target?: StreamAccess
  random?: () => number
  /** Each page is settled at once by default, which leaves most moments to crash at. */
  leastSettled?: number
}

export function makeInput(parts: Parts): SyncInput {
  const controller = new AbortController()
  const ctx = context(controller.signal)
  return {
    definition: definition(parts.operation ?? 'upsert'),
    source: { ctx, stream: ORDERS, access: parts.source },
    target: { ctx, stream: DEALS, access: parts.target ?? {}, routes: parts.routes },
    incremental: null,
    only: null,
    ledger: parts.ledger,
    world: virtualWorld(parts.random),
    leastSettled: parts.leastSettled ?? 1,
    signal: controller.signal,
    progress: () => undefined,
  }
}

function context(signal: AbortSignal): Context {
  return {
    settings: {},
    secrets: {},
    http: { request: () => Promise.reject(new Error('There is no network here')) },
    connect: () => Promise.reject(new Error('There is no network here')),
    openFile: () => Promise.resolve(Readable.from([])),
    filePath: (name) => Promise.resolve(name),
    signal,
    log: { info: () => undefined, warn: () => undefined },
  }
}
