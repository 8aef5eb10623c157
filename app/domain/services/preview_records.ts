import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Preview from '#domain/services/preview'
import type { Vault } from '#domain/tenants/vault'
import type { MatchCount } from '#engine/preview_matches'
import type { PreviewedRecord, PreviewOutcome } from '#engine/preview_records'

const ROWS_PER_STATEMENT = 200

export interface PreviewSearch {
  outcome: PreviewOutcome | null
  matched: MatchCount | null
  /** A part of the record's key. */
  key: string | null
}

interface Row {
  position: number
  sealed_record: string
}

const contextOf = (previewId: string, position: number) =>
  `preview_records:${previewId}:${position}`

export async function writePreviewRecords(
  client: TransactionClientContract,
  vault: Vault,
  previewId: string,
  records: PreviewedRecord[]
): Promise<void> {
  for (let at = 0; at < records.length; at += ROWS_PER_STATEMENT) {
    await client.table('preview_records').multiInsert(
      records.slice(at, at + ROWS_PER_STATEMENT).map((record) => ({
        preview_id: previewId,
        position: record.position,
        outcome: record.outcome,
        matched: record.matched,
        source_key: record.key,
        hash: record.hash,
        sealed_record: vault.seal(JSON.stringify(record), contextOf(previewId, record.position)),
      }))
    )
  }
}

export async function findPreviewRecords(
  preview: Preview,
  vault: Vault,
  search: PreviewSearch,
  place: { from: number; count: number }
): Promise<PreviewedRecord[]> {
  const rows: Row[] = await searched(preview, search)
    .orderBy('position')
    .offset(place.from)
    .limit(place.count)
    .select('position', 'sealed_record')
  return rows.map((row) =>
    JSON.parse(vault.open(row.sealed_record, contextOf(preview.id, Number(row.position))))
  )
}

export async function countPreviewRecords(
  preview: Preview,
  search: PreviewSearch
): Promise<number> {
  const [{ total }] = await searched(preview, search).count('* as total')
  return Number(total)
}

/** What a person approved: key and hash of each record that may be written. */
export async function approvedRecords(
  previewId: string,
  client: Pick<typeof db, 'from'> = db
): Promise<Array<[key: string, hash: string]>> {
  const rows: Array<{ source_key: string; hash: string }> = await client
    .from('preview_records')
    .where('preview_id', previewId)
    .whereNotNull('hash')
    .orderBy('position')
    .select('source_key', 'hash')
  return rows.map(({ source_key: key, hash }) => [key, hash])
}

function searched(preview: Preview, { outcome, matched, key }: PreviewSearch) {
  const query = db.from('preview_records').where('preview_id', preview.id)
  if (outcome !== null) query.where('outcome', outcome)
  if (matched !== null) query.where('matched', matched)
  if (key !== null) {
    const part = `%${key.replaceAll(/[!%_]/g, '!$&')}%`
    query.whereRaw("source_key like ? escape '!'", [part])
  }
  return query
}
