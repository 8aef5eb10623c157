import { removeFile } from '#domain/connections/tenant_folder'
import type { TenantFile } from '#domain/connections/tenant_folder'

const ENDINGS = ['-wal', '-shm', '-journal']

/** Without what SQLite keeps beside a database: nobody reads it alone, and taken away alone it loses rows. */
export function withoutSideFiles<File extends Pick<TenantFile, 'name'>>(files: File[]): File[] {
  const beside = new Set(files.flatMap(({ name }) => ENDINGS.map((ending) => name + ending)))
  return files.filter(({ name }) => !beside.has(name))
}

/** What stays behind would be read into the next file of the name. */
export async function removeSideFiles(tenantId: string, name: string): Promise<void> {
  for (const ending of ENDINGS) await removeFile(tenantId, name + ending)
}
