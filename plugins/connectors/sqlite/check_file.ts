import { ConnectorError, type CheckResult, type Context } from '#sdk'
import { listTables } from './list_tables.js'

export async function checkFile(ctx: Context): Promise<CheckResult> {
  const { file } = ctx.settings
  try {
    const tables = await listTables(ctx)
    const count = tables.length === 1 ? '1 table' : `${tables.length} tables`
    return { ok: true, message: `${file} has ${count}.`, identity: String(file) }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { ok: false, message: error.message, field: 'file' }
  }
}
