import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { findCaller } from '../auth/find_caller.js'
import { missingScope } from '../auth/scopes.js'
import type { Fault } from '../control/fault_rule.js'
import type { OrgHolder } from '../control/serve_control.js'
import { ApiFault } from '../server/api_fault.js'
import type { Reply } from '../server/call.js'
import { readBody } from '../server/read_body.js'
import { header, type BookCall } from './book_call.js'
import { BookFault } from './book_fault.js'
import { bookResources } from './book_resources.js'
import { booksOf, type Bookkeeping } from './bookkeeping.js'
import {
  createDocument,
  markDocument,
  removeDocument,
  showDocument,
  updateDocument,
  upsertDocument,
} from './keep_document.js'
import { listDocuments } from './list_documents.js'

const operations: Record<string, string> = {
  GET: 'READ',
  POST: 'CREATE',
  PUT: 'UPDATE',
  DELETE: 'DELETE',
}

function act(call: BookCall, method: string, [id, ...verb]: readonly string[]): Reply {
  if (id === undefined) {
    if (method === 'GET') return listDocuments(call)
    if (method === 'POST') return createDocument(call)
    if (method === 'PUT') return upsertDocument(call)
  } else if (verb.length > 0) {
    if (method === 'POST') return markDocument(call, id, verb.at(-1) ?? '')
  } else {
    if (method === 'GET') return showDocument(call, id)
    if (method === 'PUT') return updateDocument(call, id)
    if (method === 'DELETE') return removeDocument(call, id)
  }
  throw new BookFault(405, 5, 'Invalid URL Passed')
}

function listOrganizations({ org, organizationId }: Bookkeeping): Reply {
  const entry = { organization_id: organizationId, name: org.company, is_default_org: true }
  return { status: 200, body: { code: 0, message: 'success', organizations: [entry] } }
}

function checkOrganization({ organizationId }: Bookkeeping, url: URL, request: IncomingMessage) {
  const given =
    url.searchParams.get('organization_id') ?? header(request, 'x-com-zoho-books-organizationid')
  if (given === organizationId) return
  const message = 'This user is not associated with the CompanyID/CompanyName.'
  throw new BookFault(400, 6041, message)
}

function authorise(holder: OrgHolder, request: IncomingMessage) {
  try {
    return findCaller(holder, request.headers.authorization)
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error
    throw new BookFault(401, 14, 'Invalid value passed for authtoken.')
  }
}

async function serve(
  holder: OrgHolder,
  request: IncomingMessage,
  url: URL,
  faults: readonly Fault[]
): Promise<Reply> {
  const { method = 'GET', headers } = request
  const { org, caller } = authorise(holder, request)
  const books = booksOf(org)
  const [name, ...rest] = url.pathname.split('/').slice(3).map(decodeURIComponent)
  const resource = bookResources.find(({ path }) => path === name)
  const scope = resource?.scope ?? 'settings'
  if (!resource && name !== 'organizations') throw new BookFault(404, 5, 'Invalid URL Passed')
  return books.limits.run(org.clock.now(), async () => {
    const latency = faults.find((fault) => fault.kind === 'latency')
    if (latency) await sleep(latency.ms)
    org.stats.count(`${method} /books/v3/${name}`, 0)
    if (missingScope(caller.scopes, [`ZohoBooks.${scope}.${operations[method] ?? 'ALL'}`])) {
      throw new BookFault(401, 57, 'You are not authorized to perform this operation')
    }
    if (!resource) return listOrganizations(books)
    checkOrganization(books, url, request)
    const query = new URLSearchParams(url.searchParams)
    query.delete('organization_id')
    const body = await readBody(request)
    return act({ books, resource, query, headers, body }, method, rest)
  })
}

/** Calls to Zoho Books, version 3 or 4. */
export async function serveBooks(
  holder: OrgHolder,
  request: IncomingMessage,
  url: URL,
  faults: readonly Fault[]
): Promise<Reply> {
  try {
    return await serve(holder, request, url, faults)
  } catch (error) {
    if (!(error instanceof BookFault)) throw error
    holder.org.stats.refuse(`BOOKS_${error.code}`)
    return { status: error.status, body: error.body }
  }
}
