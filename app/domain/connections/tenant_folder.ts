import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import crossdock from '#config/crossdock'

export type TenantFile = {
  name: string
  bytes: number
  changedAt: number
}

/** Where the files of a tenant lie, for its connectors alone. */
export async function tenantFolder(tenantId: string): Promise<string> {
  const folder = join(crossdock.dataRoot, 'files', tenantId)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}

export async function listFiles(tenantId: string): Promise<TenantFile[]> {
  const folder = await tenantFolder(tenantId)
  const entries = await readdir(folder, { withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && isFileName(entry.name))
  return Promise.all(
    files
      .map(({ name }) => name)
      .sort()
      .map(async (name) => {
        const { size, mtimeMs } = await stat(join(folder, name))
        return { name, bytes: size, changedAt: Math.round(mtimeMs) }
      })
  )
}

/** True where there was such a file. */
export async function removeFile(tenantId: string, name: string): Promise<boolean> {
  const known = await listFiles(tenantId)
  if (!known.some((file) => file.name === name)) return false
  await rm(join(await tenantFolder(tenantId), name))
  return true
}

/** Letters, digits, blanks and "._()-": nothing that is a path, hidden, or special to a shell. */
export function isFileName(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} ._()-]{0,119}$/u.test(name) && !name.includes('..')
}
