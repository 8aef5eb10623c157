/** The server does not take a row as it is. Thrown by the session, told per record. */
export class RowRefusal extends Error {
  readonly column: string | null
  readonly constraint: string | null
  readonly detail: string

  constructor(
    readonly code: string,
    cause: Error
  ) {
    super(cause.message, { cause })
    this.column = textOf(cause, 'column')
    this.constraint = textOf(cause, 'constraint')
    this.detail = textOf(cause, 'detail') ?? ''
  }
}

function textOf(error: Error, name: string): string | null {
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : null
}

/** Bad data (22), a broken constraint (23), a trigger that objects (P0001). */
export function rowRefusal(error: unknown): RowRefusal | null {
  if (!(error instanceof Error)) return null
  const code = textOf(error, 'code') ?? ''
  return /^(22...|23...|P0001)$/.test(code) ? new RowRefusal(code, error) : null
}
