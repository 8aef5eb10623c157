import db from '@adonisjs/lucid/services/db'
import { v7 as uuid } from 'uuid'
import { knowLease } from '#domain/runs/known_leases'
import { bodyContext } from '#domain/runs/run_request'
import type { Vault } from '#domain/tenants/vault'
import type { Lease, Ports } from '#workers/messages'
import type { RequestNote } from '#workers/requests/request_note'

const ROWS_PER_STATEMENT = 50
const [LONGEST_PATH, LONGEST_NAME] = [500, 63]

interface Place {
  tenantId: string
  runId: string
  vault: Vault
}

export const requestPort: Ports['requests'] = {
  async keep(lease, { total, failed, notes }) {
    const { tenantId, vault } = await knowLease(lease)
    await count(lease, total, failed)
    const rows = notes.map((note) => rowOf({ tenantId, runId: lease.runId, vault }, note))
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
      await db.table('run_requests').multiInsert(rows.slice(at, at + ROWS_PER_STATEMENT))
    }
  },
}

async function count({ runId }: Lease, total: number, failed: number): Promise<void> {
  if (total === 0) return
  await db
    .from('runs')
    .where('id', runId)
    .update({
      requests: db.rawQuery('requests + ?', [total]),
      requests_failed: db.rawQuery('requests_failed + ?', [failed]),
    })
}

function rowOf({ tenantId, runId, vault }: Place, note: RequestNote) {
  const id = uuid()
  const { connectionId, stage, batch, method, status, took, bytesSent, bytesReceived } = note
  return {
    ...{ id, stage, batch, method, status },
    tenant_id: tenantId,
    run_id: runId,
    connection_id: connectionId,
    route: note.route?.slice(0, LONGEST_NAME) ?? null,
    host: note.host.slice(0, 255),
    path: note.path.slice(0, LONGEST_PATH),
    error: note.error?.slice(0, LONGEST_NAME) ?? null,
    is_failed: status === null || status >= 400,
    took: Math.round(took),
    bytes_sent: bytesSent,
    bytes_received: bytesReceived,
    started_at: note.at,
    sealed_body: note.body === null ? null : vault.seal(JSON.stringify(note.body), bodyContext(id)),
  }
}
