import { createReadStream } from 'node:fs'
import { lstat, realpath } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { ConnectorError } from '#sdk'

const NEW_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._()-]{0,119}$/u

/** The one place where a connector's file name becomes a path. Anything outside the tenant's folder is refused. */
export function tenantFiles(filesRoot: string) {
  async function filePath(name: string, use: 'read' | 'write' = 'read'): Promise<string> {
    const wanted = resolve(filesRoot, name)
    if (!wanted.startsWith(filesRoot + sep)) throw outside(name)
    if (use === 'write' && !(await isThere(wanted))) {
      if (!NEW_NAME.test(name)) throw outside(name)
      return join(await realpath(filesRoot), name)
    }
    const [root, real] = await Promise.all([realpath(filesRoot), realpath(wanted)]).catch(() => {
      throw new ConnectorError(
        'config',
        `There is no file "${name}" among the files of this tenant: upload it, or put it into the folder "files" of the data folder under the tenant's id`
      )
    })
    if (!real.startsWith(root + sep)) throw outside(name)
    return real
  }

  return {
    filePath,
    async openFile(name: string): Promise<Readable> {
      return createReadStream(await filePath(name))
    },
  }
}

async function isThere(path: string): Promise<boolean> {
  const found = await lstat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  return found !== null
}

function outside(name: string): ConnectorError {
  return new ConnectorError(
    'config',
    `"${name}" is outside the files of this tenant: give the name of an uploaded file, without a path`
  )
}
