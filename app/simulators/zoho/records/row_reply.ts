/** What became of one record of a write. */
export interface RowReply {
  code: string
  details: Record<string, unknown>
  message: string
  status: 'success' | 'error'
  action?: 'insert' | 'update'
  duplicate_field?: string | null
}

const messages: Record<string, string> = {
  INVALID_DATA: 'invalid data',
  MANDATORY_NOT_FOUND: 'required field not found',
  DUPLICATE_DATA: 'duplicate data',
  MULTIPLE_OR_MULTI_ERRORS: 'Multiple errors in the request',
}

/** A record that is refused. */
export class RowFault {
  constructor(
    readonly code: string,
    readonly details: Record<string, unknown>,
    readonly message = messages[code] ?? code
  ) {}

  get reply(): RowReply {
    const { code, details, message } = this
    return { code, details, message, status: 'error' }
  }
}
