import type { Context, Field } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { describeField } from '../describe/describe_field.js'
import type { FieldMetadata } from '../describe/metadata.js'
import { runMemo } from './run_memo.js'

export interface TargetField {
  field: Field
  /** It holds another system's id, which calls may name instead of Zoho's. */
  isExternal: boolean
}

export type TargetFields = Map<string, TargetField>

const remember = runMemo<TargetFields>()

/** The fields of a module that values point to, or that holds rows. */
export function targetFields(ctx: Context, module: string): Promise<TargetFields> {
  return remember(ctx, module, async () => {
    const url = apiUrl(ctx, `/settings/fields?module=${encodeURIComponent(module)}`)
    const request = { method: 'GET' as const, url, credits: 1 }
    const reply = await call<{ fields?: FieldMetadata[] }>(ctx, request, 'read')
    const fields = reply.body?.fields ?? []
    return new Map(
      fields.map((metadata) => [
        metadata.api_name,
        {
          field: describeField(module, metadata),
          isExternal: Boolean(metadata.external?.type),
        },
      ])
    )
  })
}
