import type { Context, Value, WriteBatch } from '#sdk'
import { layoutFields } from './layout_fields.js'
import type { Outgoing } from './outgoing.js'

function isUnfilled(value: Value | undefined, isUpdate: boolean) {
  return value === null || value === '' || (value === undefined && !isUpdate)
}

/** What a layout makes mandatory is asked for before a credit is spent. */
export async function refuseUnfilled(
  ctx: Context,
  { stream, operation }: WriteBatch,
  layout: string,
  all: Outgoing[]
) {
  const names = (await layoutFields(ctx, stream.name, layout)) ?? []
  const writable = names.filter((name) =>
    stream.fields.some((field) => field.name === name && !field.readOnly)
  )
  for (const outgoing of all) {
    const name = writable.find((each) => isUnfilled(outgoing.values[each], operation === 'update'))
    if (name === undefined) continue
    outgoing.refuse({
      state: 'rejected',
      code: 'MANDATORY_NOT_FOUND',
      field: name,
      message: `${name} is mandatory in layout ${layout} and has no value. Map it, or give it a default.`,
    })
  }
}
