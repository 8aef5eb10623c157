import { ConnectorError, type Context, type RecordOutcome } from '#sdk'
import { multipart } from '../actions/multipart.js'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { isVendorError } from '../api/vendor_error.js'
import { readOutcomes } from '../write/read_outcomes.js'
import type { WriteReply } from '../write/write_reply.js'
import { ATTACHMENTS } from './attachments_field.js'
import type { GivenFile } from './given_file.js'
import { listAttachments } from './list_attachments.js'
import { FileFault, loadFile, type LoadedFile } from './load_file.js'

type Written = Extract<RecordOutcome, { id: string }>

function refuse(state: 'rejected' | 'failed', code: string, message: string): never {
  throw new FileFault({ state, code, message })
}

async function upload(ctx: Context, path: string, { name, content }: LoadedFile) {
  const { contentType, body } = multipart([{ name: 'file', fileName: name, content }])
  const headers = { 'content-type': contentType }
  const request = { method: 'POST' as const, url: apiUrl(ctx, path), headers, body, credits: 1 }
  const reply = await call<WriteReply>(ctx, request, 'write')
  const [outcome] = readOutcomes(reply.body ?? { data: [] }, 1, 'created')
  if ('message' in outcome) refuse(outcome.state, outcome.code, outcome.message)
}

/** Those that lie there already stay alone, so that a record that is sent again doubles none. */
async function putOn(ctx: Context, module: string, { state, id }: Written, files: GivenFile[]) {
  const there = state === 'created' ? [] : await listAttachments(ctx, module, id)
  for (const given of files) {
    const file = await loadFile(ctx, given)
    const isThere = there.some(
      ({ name, size }) => name === file.name && size === file.content.length
    )
    if (!isThere) await upload(ctx, `/${module}/${id}/Attachments`, file)
  }
}

/** What became of a record whose attachment did not arrive: it is there, and is not done. */
function faultOf(index: number, error: unknown): RecordOutcome {
  const said = (message: string) => `The record was written, but an attachment was not: ${message}`
  const of = { index, field: ATTACHMENTS }
  if (error instanceof FileFault) {
    return { ...of, ...error.fault, message: said(error.fault.message) }
  }
  if (!(error instanceof ConnectorError)) throw error
  const cause = isVendorError(error.cause) ? error.cause : null
  const isRefused = cause !== null && error.kind === 'config'
  const state = isRefused ? 'rejected' : 'failed'
  return { ...of, state, code: cause?.code ?? 'ATTACHMENT_FAILED', message: said(error.message) }
}

/**
 * Puts files under the records that were just written, one at a time. Where one does not arrive
 * its record counts as not done: sent again it is found, not doubled, and gets what is missing.
 */
export async function putAttachments(
  ctx: Context,
  module: string,
  outcomes: RecordOutcome[],
  taken: Map<number, GivenFile[]>
): Promise<RecordOutcome[]> {
  if (taken.size === 0) return outcomes
  const done: RecordOutcome[] = []
  let stopped: unknown = null
  for (const outcome of outcomes) {
    const files = taken.get(outcome.index)
    if (files === undefined || !('id' in outcome)) {
      done.push(outcome)
      continue
    }
    try {
      if (stopped !== null) throw stopped
      await putOn(ctx, module, outcome, files)
      done.push(outcome)
    } catch (error) {
      done.push(faultOf(outcome.index, error))
      // Where Zoho cannot be reached the others need not try.
      if (error instanceof ConnectorError && !isVendorError(error.cause)) stopped = error
    }
  }
  return done
}
