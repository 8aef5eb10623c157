import type { Field } from '#sdk'

/** Files under a record, which hang on it and are no field of its own. */
export const ATTACHMENTS = 'Attachments'

/** Modules whose records hold none, or are files themselves. */
const NONE = ['Attachments', 'Emails', 'Users']

export function attachmentsField(module: string): Field[] {
  if (NONE.includes(module)) return []
  return [{ name: ATTACHMENTS, label: 'Attachments', type: 'json', files: true, nullable: true }]
}
