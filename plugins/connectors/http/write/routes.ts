import type { CallRoute, Operation, StreamDescription, WriteWish } from '#sdk'
import { optionsOf } from './options_of.js'
import { hasPlaceholder } from './path_template.js'
import { sendParts } from './send_parts.js'
import { SIZES } from './write_options.js'

const OPERATIONS: Operation[] = ['insert', 'update', 'upsert', 'delete']

/** One way for each size of a call, with and without the promise that it may be repeated. */
export function routes(stream: StreamDescription): CallRoute[] {
  return SIZES.flatMap((size) => [
    route(stream, Number(size), false),
    route(stream, Number(size), true),
  ])
}

function route(stream: StreamDescription, size: number, isRepeatable: boolean): CallRoute {
  return {
    name: `${isRepeatable ? 'repeatable' : 'call'}_${size}`,
    kind: 'call',
    operations: OPERATIONS,
    maxRecords: size,
    cost: () => 0,
    concurrency: 4,
    idempotent: isRepeatable ? OPERATIONS : [],
    suits: (wish) => fits(stream, wish, size, isRepeatable),
    send: sendParts,
  }
}

/** The key of a whole call would prove nothing: after a restart the same records may go in other company. */
function fits(
  stream: StreamDescription,
  { options: given, operation }: WriteWish,
  size: number,
  isRepeatable: boolean
): boolean {
  const options = optionsOf(stream, given)
  const isDelete = options.method === 'DELETE'
  if (isDelete !== (operation === 'delete')) return false
  if (isDelete && !(size === 1 && hasPlaceholder(options.path))) return false
  const isAlone = isDelete || options.method === 'PUT' || options.idempotencyHeader !== ''
  const may = options.repeatable || (size === 1 && isAlone)
  return options.perCall === size && may === isRepeatable
}
