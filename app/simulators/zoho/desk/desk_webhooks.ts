import type { Reply } from '../server/call.js'
import { postJson } from '../notifications/post_json.js'
import { sentObject } from './desk_call.js'
import { DeskFault, unprocessable } from './desk_fault.js'
import type { DeskWebhook, Helpdesk } from './helpdesk.js'
import { deskModules } from './desk_modules.js'

const LONGEST_URL = 100
const MOST_FIELDS = 5

const events = deskModules.flatMap(({ event }) =>
  ['Add', 'Update', 'Delete'].map((change) => `${event}_${change}`)
)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readSubscriptions(sent: unknown) {
  if (!isObject(sent) || Object.keys(sent).length === 0) {
    throw unprocessable(['subscriptions'], 'missing')
  }
  const isOdd = ([name, wanted]: [string, unknown]) => {
    const fields = isObject(wanted) ? wanted.fields : undefined
    const isMuch = Array.isArray(fields) && fields.length > MOST_FIELDS
    return !events.includes(name) || (wanted !== null && !isObject(wanted)) || isMuch
  }
  const odd = Object.entries(sent).find(isOdd)
  if (odd) throw unprocessable([`subscriptions/${odd[0]}`])
  return sent
}

function readWebhook(sent: Record<string, unknown>, before?: DeskWebhook) {
  const { name, url, subscriptions, ignoreSourceId, isEnabled } = { ...before, ...sent }
  const missing = Object.entries({ name, url }).filter(([, value]) => typeof value !== 'string')
  if (missing.length > 0)
    throw unprocessable(
      missing.map(([key]) => key),
      'missing'
    )
  const address = String(url)
  if (!URL.canParse(address) || address.length > LONGEST_URL) throw unprocessable(['url'])
  return {
    name: String(name),
    url: address,
    subscriptions: readSubscriptions(subscriptions),
    ignoreSourceId: typeof ignoreSourceId === 'string' ? ignoreSourceId : null,
    isEnabled: isEnabled !== false,
  }
}

async function keep({ org, webhooks }: Helpdesk, webhook: DeskWebhook): Promise<Reply> {
  if (org.options.deskChecksWebhooks && (await postJson(org, webhook.url, [])) !== null) {
    throw unprocessable(['url'])
  }
  webhooks.set(webhook.id, webhook)
  return { status: 200, body: webhook }
}

function find({ webhooks }: Helpdesk, id: string) {
  const webhook = webhooks.get(id)
  if (webhook) return webhook
  throw new DeskFault(404, 'URL_NOT_FOUND', 'The URL you sent is not found')
}

/** Webhooks are made, listed, changed and removed. */
export async function serveWebhooks(
  desk: Helpdesk,
  method: string,
  id: string | undefined,
  body: Buffer
): Promise<Reply> {
  if (id === undefined && method === 'POST') {
    const read = readWebhook(sentObject({ body }))
    return keep(desk, { ...read, id: desk.org.ids.next() })
  }
  if (id === undefined && method === 'GET') {
    const data = [...desk.webhooks.values()]
    return data.length === 0 ? { status: 204 } : { status: 200, body: { data } }
  }
  if (id !== undefined && method === 'PATCH') {
    const before = find(desk, id)
    return keep(desk, { ...readWebhook(sentObject({ body }), before), id })
  }
  if (id !== undefined && method === 'GET') return { status: 200, body: find(desk, id) }
  if (id === undefined || method !== 'DELETE') {
    throw new DeskFault(405, 'METHOD_NOT_ALLOWED', 'The method is not allowed')
  }
  desk.webhooks.delete(find(desk, id).id)
  return { status: 204 }
}
