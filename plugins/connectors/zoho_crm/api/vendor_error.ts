/** An error as Zoho writes it, of a request or of one record. */
export interface VendorError {
  code: string
  message: string
  status?: string
  details?: {
    api_name?: string
    json_path?: string
    expected_data_type?: string
    maximum_length?: number
    param_name?: string
    expected_fields?: Array<{ api_name?: string; json_path?: string }>
    duplicate_record?: { id?: string; module?: { api_name?: string } }
    errors?: VendorError[]
    [name: string]: unknown
  }
}

export function isVendorError(body: unknown): body is VendorError {
  if (typeof body !== 'object' || body === null || body instanceof Error) return false
  return typeof Reflect.get(body, 'code') === 'string'
}
