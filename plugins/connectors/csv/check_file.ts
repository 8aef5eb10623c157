import { ConnectorError, type CheckResult, type Context } from '#sdk'
import { describeFile } from './describe_file.js'

export async function checkFile(ctx: Context): Promise<CheckResult> {
  const file = String(ctx.settings.file)
  try {
    const stream = await describeFile(ctx, file)
    const columns = stream.fields.length - 2
    return { ok: true, message: `${file} has ${columns} columns.`, identity: file }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { ok: false, message: error.message, field: fieldOf(error) }
  }
}

function fieldOf(error: ConnectorError): string {
  return /^The key/.test(error.message) ? 'key' : 'file'
}
