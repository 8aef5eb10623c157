export interface DeskError {
  fieldName: string
  errorType: 'missing' | 'invalid'
  errorMessage: string
}

/** A refusal by Desk. */
export class DeskFault extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: string,
    message: string,
    readonly errors: readonly DeskError[] = []
  ) {
    super(message)
  }

  get body() {
    const { errorCode, message, errors } = this
    return { errorCode, message, ...(errors.length > 0 ? { errors } : {}) }
  }
}

/** What is sent does not fit: one entry for each field. */
export function unprocessable(
  fields: readonly string[],
  errorType: DeskError['errorType'] = 'invalid'
) {
  const errors = fields.map((name) => ({ fieldName: `/${name}`, errorType, errorMessage: '' }))
  const message = 'The data is invalid due to validation restrictions'
  return new DeskFault(
    422,
    errorType === 'missing' ? 'INVALID_DATA' : 'UNPROCESSABLE_ENTITY',
    message,
    errors
  )
}
