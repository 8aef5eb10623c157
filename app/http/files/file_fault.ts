import type { MultipartFile } from '@adonisjs/core/bodyparser'
import { isFileName } from '#domain/connections/tenant_folder'
import type { TenantFile } from '#domain/connections/tenant_folder'

const ENDINGS = ['csv', 'tsv', 'txt', 'sqlite', 'sqlite3', 'db']

/** Why a file is not taken; null where it is. */
export function fileFault(file: MultipartFile | null, known: TenantFile[]): string | null {
  if (file === null) return 'Choose a file.'
  const name = file.clientName
  if (!isFileName(name)) {
    return 'The name must begin with a letter or a digit, and hold letters, digits, blanks and . _ - ( ) only, 120 at most. Rename the file.'
  }
  const ending = name.split('.').at(-1)?.toLowerCase() ?? ''
  if (!ENDINGS.includes(ending)) {
    return `The name must end in one of: ${ENDINGS.map((each) => `.${each}`).join(', ')}.`
  }
  if (file.errors.some(({ type }) => type === 'size')) {
    return 'The file is larger than 48 MB. Put larger ones into the data folder of the server.'
  }
  if (file.size === 0) return 'The file is empty.'
  if (known.some((each) => each.name === name)) {
    return `There is already a file "${name}". Tick that it may be replaced, or rename yours.`
  }
  return null
}
