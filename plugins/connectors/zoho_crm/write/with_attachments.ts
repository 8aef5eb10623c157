import type { CallRoute, WriteWish } from '#sdk'
import { ATTACHMENTS } from '../files/attachments_field.js'

/** Few, since each record takes calls of its own. */
const MOST_RECORDS = 20
/** To see what lies there, and to put a file. */
const CREDITS_EACH = 2

export function asksAttachments({ fields }: WriteWish) {
  return fields.includes(ATTACHMENTS)
}

/** The way for records without attachments, and the dearer one for those with some. */
export function withAttachments(route: CallRoute): CallRoute[] {
  const suits = (wish: WriteWish) => route.suits?.(wish) ?? true
  return [
    { ...route, suits: (wish) => !asksAttachments(wish) && suits(wish) },
    {
      ...route,
      name: `${route.name}_with_files`,
      maxRecords: MOST_RECORDS,
      cost: (records) => route.cost(records) + CREDITS_EACH * records,
      suits: (wish) => asksAttachments(wish) && suits(wish),
    },
  ]
}
