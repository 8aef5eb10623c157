import { ConnectorError, type CheckResult, type Context } from '#sdk'
import { describeFile } from './describe_file.js'
import { layoutOf } from './layout.js'

export async function checkFile(ctx: Context): Promise<CheckResult> {
  const file = String(ctx.settings.file)
  try {
    const { readable, fields } = await describeFile(ctx, file)
    if (!readable) {
      const columns = fields.filter((field) => !field.readOnly).length
      return { ok: true, message: `${file} will be made, with ${columns} columns.`, identity: file }
    }
    const { columns, encoding } = await layoutOf(ctx)
    const message = `${file} has ${columns.length} columns, read as ${encoding.name}.`
    return { ok: true, message, identity: file }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { ok: false, message: error.message, field: fieldOf(error) }
  }
}

function fieldOf({ message }: ConnectorError): string {
  if (/^The key/.test(message)) return 'key'
  return /^The columns/.test(message) ? 'columns' : 'file'
}
