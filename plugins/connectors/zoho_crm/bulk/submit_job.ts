import { type Context, ConnectorError, type WriteBatch } from '#sdk'
import { bulkUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { withCallback } from '../api/with_callback.js'
import { fetchOrg } from '../fetch_org.js'
import { type WriteSettings, writeSettings } from '../write/write_settings.js'
import { jobBody } from './job_body.js'
import { packComposed, type PackedJob, packJob } from './pack_job.js'
import { prepareJob } from './prepare_job.js'
import { keepFile } from './sent_files.js'
import type { Ticket } from './ticket.js'
import { uploadFile } from './upload_file.js'

export const JOB_CREDITS = 500

async function orgId(ctx: Context) {
  const known = ctx.settings.orgId
  if (typeof known === 'string' && known !== '') return known
  const org = await fetchOrg(ctx)
  return org.zgid
}

async function createJob(ctx: Context, body: string): Promise<string> {
  const request = {
    method: 'POST' as const,
    url: bulkUrl(ctx, '/write'),
    headers: { 'content-type': 'application/json' },
    body,
    credits: JOB_CREDITS,
  }
  const reply = await call<{ details?: { id?: string } }>(ctx, request, 'write')
  const job = reply.body?.details?.id
  if (job) return job
  throw new ConnectorError('transient', 'Zoho took the bulk job but did not name it.', {
    delivered: 'unknown',
  })
}

export async function submitJob(ctx: Context, batch: WriteBatch): Promise<Ticket> {
  const settings = writeSettings(ctx, batch)
  const composed = await packComposed(ctx, batch)
  if (composed !== null) return order(ctx, batch, settings, { ...NOTHING_REFUSED, ...composed })
  const { all, findBys, refused } = await prepareJob(ctx, batch, settings)
  if (refused.length === all.length) {
    return { job: null, org: '', count: null, findBys, refused, callsBack: false }
  }
  const packed = await packJob(ctx, batch, {
    record: (index) => all[index].values,
    refused: new Set(refused.map(({ index }) => index)),
    findBys,
    keepsEmpty: settings.keepsEmpty,
  })
  return order(ctx, batch, settings, { ...packed, findBys, refused, made: batch })
}

interface Ready extends PackedJob, Pick<Ticket, 'findBys' | 'refused'> {
  /** Of whose records the file was made; null where its lines were composed before. */
  made: WriteBatch | null
}

const NOTHING_REFUSED = { findBys: {}, refused: [], made: null }

/** Uploads a file and starts its job. */
async function order(
  ctx: Context,
  batch: WriteBatch,
  settings: WriteSettings,
  { file, children, zip, count, findBys, refused, made }: Ready
): Promise<Ticket> {
  const org = await orgId(ctx)
  const fileId = await uploadFile(ctx, org, zip)
  ctx.signal.throwIfAborted()
  const create = (url: string | null) =>
    createJob(ctx, jobBody(batch, settings, { file, children, fileId }, url))
  const { callbackUrl } = settings
  const { made: job, callsBack } =
    callbackUrl === null
      ? await withCallback(ctx, create)
      : { made: await create(callbackUrl), callsBack: false }
  const ticket = { job, org, count, findBys, refused, callsBack }
  keepFile(ticket, file, made)
  return ticket
}
