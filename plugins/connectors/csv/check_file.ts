import { ConnectorError, type CheckResult, type Context } from '#sdk'
import { describeFile } from './describe_file.js'
import { layoutOf } from './layout.js'

export async function checkFile(ctx: Context): Promise<CheckResult> {
  const file = String(ctx.settings.file)
  try {
    await describeFile(ctx, file)
    const { columns, encoding } = await layoutOf(ctx)
    const message = `${file} has ${columns.length} columns, read as ${encoding.name}.`
    return { ok: true, message, identity: file }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { ok: false, message: error.message, field: fieldOf(error) }
  }
}

function fieldOf(error: ConnectorError): string {
  return /^The key/.test(error.message) ? 'key' : 'file'
}
