/** The server does not take a row as it is. Thrown by the session, told per record. */
export class RowRefusal extends Error {
  constructor(
    readonly code: string,
    cause: Error
  ) {
    super(cause.message, { cause })
  }
}

/** Those whose SQLSTATE does not tell. */
const OF_A_ROW = new Set([
  'ER_NO_DEFAULT_FOR_FIELD',
  'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
  'ER_CHECK_CONSTRAINT_VIOLATED',
  'ER_CONSTRAINT_FAILED',
  'WARN_DATA_TRUNCATED',
])

/** MariaDB's numbers that the driver has no names for. */
const NAMES: { [errno: number]: string } = {
  1265: 'WARN_DATA_TRUNCATED',
  3819: 'ER_CHECK_CONSTRAINT_VIOLATED',
  4025: 'ER_CONSTRAINT_FAILED',
}

/** Bad data (22), a broken constraint (23), a trigger that objects (45). */
export function rowRefusal(error: unknown): RowRefusal | null {
  if (!(error instanceof Error)) return null
  const errno = 'errno' in error && typeof error.errno === 'number' ? error.errno : 0
  const given = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const code = NAMES[errno] ?? given
  const state = 'sqlState' in error ? String(error.sqlState) : ''
  return OF_A_ROW.has(code) || /^(22|23|45)/.test(state) ? new RowRefusal(code, error) : null
}
