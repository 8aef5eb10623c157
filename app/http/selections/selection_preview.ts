import { ConnectorError } from '#sdk'
import type { RecordValues, Value } from '#sdk'
import { Refusal } from '#domain/refusal'
import { previewSelection } from '#domain/selections/preview_selection'
import type Selection from '#domain/selections/selection'
import type Service from '#domain/services/service'
import type { PreviewedRecord } from '#engine/preview_records'
import { RateWindow } from '#http/deliveries/rate_window'
import { valueWords } from '#http/value_words'

const RECORDS = 100
/** Each reads from the vendor. */
const perSelection = new RateWindow(20)

export type SelectionPreviewRecord = {
  key: string
  /** What a person may know it by. */
  title: string
  outcome: string
  fields: Array<{ field: string; value: string }>
  /** Before and after, where the target was asked. */
  changes: Array<{ field: string; before: string; after: string }>
  causes: string[]
}
export type SelectionPreviewView =
  | {
      ok: true
      records: SelectionPreviewRecord[]
      counts: { [outcome: string]: number }
      /** Selected, and not found in the source. */
      missing: number
      credits: number
    }
  | { ok: false; message: string }

/** What a run over the selection would do. That it cannot be told is an answer too. */
export async function viewSelectionPreview(
  selection: Selection,
  service: Service
): Promise<SelectionPreviewView> {
  if (!perSelection.take(selection.id, Date.now())) {
    return { ok: false, message: 'Too many previews at once: try again in a minute' }
  }
  try {
    const { records, counts, credits } = await previewSelection(selection, service, RECORDS)
    const found = Object.values(counts).reduce((sum, count) => sum + count, 0)
    return {
      ok: true,
      records: records.map(viewRecord),
      counts: Object.fromEntries(
        Object.entries(counts).filter(([outcome, count]) => outcome !== 'delete' || count > 0)
      ),
      missing: Math.max(0, selection.ids.length - found),
      credits,
    }
  } catch (error) {
    if (error instanceof Refusal || error instanceof ConnectorError) {
      return { ok: false, message: error.message }
    }
    throw error
  }
}

function viewRecord(record: PreviewedRecord): SelectionPreviewRecord {
  const { key, outcome, source, target, changes, faults } = record
  const fields = Object.entries(target).map(([field, value]) => ({
    field,
    value: valueWords(value),
  }))
  return {
    ...{ key, outcome, fields, title: titleOf(source, key) },
    changes: (changes ?? []).map(({ field, before, after }) => ({
      field,
      before: valueWords(before),
      after: valueWords(after),
    })),
    causes: faults.map(({ message }) => message),
  }
}

/** A name where the service reads one, or else the first text that it reads. */
function titleOf(source: RecordValues, key: string): string {
  const texts = Object.entries(source).filter(([, value]) => value !== key && isText(value))
  const named = texts.find(([field]) => /name|subject|title/i.test(field)) ?? texts[0]
  return named === undefined ? '' : String(named[1])
}

const isText = (value: Value) => typeof value === 'string' && value.trim() !== ''
