import { ConnectorError } from '#sdk'
import type { Value } from '#sdk'
import { Refusal } from '#domain/refusal'
import { previewService } from '#domain/services/preview_service'
import type { ServicePreview } from '#domain/services/preview_service'
import type Service from '#domain/services/service'

const RECORDS = 25

export type PreviewFault = {
  field: string | null
  value: string | null
  rule: string
  message: string
}
export type PreviewRecord = {
  key: string
  outcome: string
  target: Array<{ field: string; value: string }>
  faults: PreviewFault[]
}
export type PreviewView =
  | {
      ok: true
      records: PreviewRecord[]
      counts: { [outcome: string]: number }
      plan: Array<{ route: string; records: number; calls: number; credits: number }>
      credits: number
    }
  | { ok: false; message: string }

/** What a run would do. That it cannot be told is an answer too. */
export async function viewPreview(service: Service): Promise<PreviewView> {
  try {
    return show(await previewService(service, RECORDS))
  } catch (error) {
    if (error instanceof Refusal || error instanceof ConnectorError) {
      return { ok: false, message: error.message }
    }
    throw error
  }
}

function show({ records, counts, plan, credits }: ServicePreview): PreviewView {
  return {
    ok: true,
    records: records.map(({ key, outcome, target, faults }) => ({
      key,
      outcome,
      target: Object.entries(target).map(([field, value]) => ({ field, value: text(value) })),
      faults: faults.map((fault) => ({
        field: fault.field,
        value: fault.value === null ? null : text(fault.value),
        rule: fault.rule,
        message: fault.message,
      })),
    })),
    counts: { ...counts },
    plan: plan.map((part) => ({ ...part })),
    credits,
  }
}

function text(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
