import type { VendorError } from '../api/vendor_error.js'

/** One entry of a write's answer; a success carries the id, a fault what is wrong. */
export interface WriteEntry extends VendorError {
  status: 'success' | 'error'
  action?: 'insert' | 'update'
  /** The field by which an upsert recognised the record. */
  duplicate_field?: string | null
  details?: VendorError['details'] & { id?: string }
}

export interface WriteReply {
  data: WriteEntry[]
}
