import { createReadStream } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { ConnectorError } from '#sdk'

/** The one place where a connector's file name becomes a path. Anything outside the tenant's folder is refused. */
export function tenantFiles(filesRoot: string) {
  async function filePath(name: string): Promise<string> {
    const wanted = resolve(filesRoot, name)
    if (!wanted.startsWith(filesRoot + sep)) throw outside(name)
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

function outside(name: string): ConnectorError {
  return new ConnectorError(
    'config',
    `"${name}" is outside the files of this tenant: give the name of an uploaded file, without a path`
  )
}
