import { ConnectorError, type CheckResult, type Context } from '#sdk'
import { listTables } from './list_tables.js'

export async function checkFile(ctx: Context): Promise<CheckResult> {
  const { file } = ctx.settings
  try {
    const tables = await listTables(ctx)
    return { ok: true, message: `${file} has ${tables.length} tables.`, identity: String(file) }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { ok: false, message: error.message, field: 'file' }
  }
}
