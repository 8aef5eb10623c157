import { type Context, ConnectorError, type WriteBatch } from '#sdk'
import { bulkUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { fetchOrg } from '../fetch_org.js'
import { fieldMappings } from './field_mappings.js'
import { type BulkFile, planFile } from './plan_file.js'
import type { Ticket } from './ticket.js'
import { uploadFile } from './upload_file.js'
import { writeCsv } from './write_csv.js'
import { zipFile } from './zip_file.js'

export const JOB_CREDITS = 500
const FILE_NAME = 'records.csv'

async function orgId(ctx: Context) {
  const known = ctx.settings.orgId
  if (typeof known === 'string' && known !== '') return known
  const org = await fetchOrg(ctx)
  return org.zgid
}

function jobBody({ stream, operation }: WriteBatch, file: BulkFile, fileId: string) {
  const resource = {
    type: 'data',
    module: { api_name: stream.name },
    file_id: fileId,
    file_names: [FILE_NAME],
    ignore_empty: file.ignoreEmpty,
    ...(file.findBy === null ? {} : { find_by: file.findBy }),
    field_mappings: fieldMappings(file.columns),
  }
  return JSON.stringify({
    operation,
    character_encoding: 'UTF-8',
    ignore_empty: file.ignoreEmpty,
    resource: [resource],
  })
}

export async function submitJob(ctx: Context, batch: WriteBatch): Promise<Ticket> {
  const file = planFile(batch)
  const zip = await zipFile(FILE_NAME, writeCsv(file))
  const org = await orgId(ctx)
  const fileId = await uploadFile(ctx, org, zip)
  ctx.signal.throwIfAborted()
  const request = {
    method: 'POST' as const,
    url: bulkUrl(ctx, '/write'),
    headers: { 'content-type': 'application/json' },
    body: jobBody(batch, file, fileId),
    credits: JOB_CREDITS,
  }
  const reply = await call<{ details?: { id?: string } }>(ctx, request, 'write')
  const job = reply.body?.details?.id
  if (job) return { job, org }
  throw new ConnectorError('transient', 'Zoho took the bulk job but did not name it.', {
    delivered: 'unknown',
  })
}
