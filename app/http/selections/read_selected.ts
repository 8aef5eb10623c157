import vine, { errors } from '@vinejs/vine'
import type { Selected } from '#domain/selections/store_selection'

/** Far more than may go at once, so that the sentence about that can name the number. */
const MOST_READ = 20_000

const shape = vine.create({
  module: vine.string().regex(/^[A-Za-z]\w{0,99}$/),
  ids: vine
    .array(vine.string().regex(/^\d{1,25}$/))
    .minLength(1)
    .maxLength(MOST_READ),
  orgId: vine.string().regex(/^\w{1,40}$/),
  user: vine.object({
    id: vine.string().regex(/^\w{1,40}$/),
    name: vine.string().maxLength(120).nullable().optional(),
  }),
})

/** What a widget or a function of Zoho's sends; a sentence where it is not that. */
export async function readSelected(body: { [name: string]: unknown }): Promise<Selected | string> {
  try {
    const { module, ids, orgId, user } = await shape.validate({
      ...body,
      ids: idsOf(body.ids),
      user: userOf(body.user),
    })
    return { module, ids, org: orgId, user: { id: user.id, name: user.name ?? null } }
  } catch (error) {
    if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
    const [first] = error.messages
    return `That is no selection of records: ${first?.message ?? 'nothing was sent'}`
  }
}

/** Zoho's functions hand over a list as one text, whatever stands between the ids. */
function idsOf(ids: unknown): unknown {
  return typeof ids === 'string' ? ids.split(/[^\w.-]+/).filter((id) => id !== '') : ids
}

function userOf(user: unknown): unknown {
  return typeof user === 'string' ? { id: user } : user
}
