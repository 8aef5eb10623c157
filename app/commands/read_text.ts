import { readFile } from 'node:fs/promises'
import { Refusal } from '#domain/refusal'

export function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : (error.code ?? error.message)
    throw new Refusal(`${path} cannot be read: ${why}`)
  })
}
