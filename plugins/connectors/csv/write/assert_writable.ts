import { isDeepStrictEqual } from 'node:util'
import { ConnectorError, type Context } from '#sdk'
import { ROW_FIELD, SURPLUS_FIELD } from '../layout.js'
import { namesIn } from '../names_in.js'

/** Throws `config` where the settings do not say how the file is to be written. */
export function assertWritable(ctx: Context, planned: string[], present: string[]): void {
  const file = String(ctx.settings.file)
  if (!/^[^/\\]+\.(csv|tsv|txt)$/i.test(file)) {
    throw wrong(`${file} cannot be written: its name must end in .csv, .tsv or .txt.`)
  }
  if (namesIn(ctx.settings.key).length === 0) {
    throw wrong('The key is missing: name the columns by which a row is found again.')
  }
  if (ctx.settings.header === false) {
    throw wrong('The columns can only be written to a file whose first row holds their names.')
  }
  const taken = [ROW_FIELD, SURPLUS_FIELD].find((name) => planned.includes(name))
  const twice = planned.find((name, at) => planned.indexOf(name) !== at)
  const bad = taken ?? twice
  if (bad !== undefined) throw wrong(`The columns cannot hold ${bad}: it is taken already.`)
  if (present.length === 0 || isDeepStrictEqual(planned, present)) return
  throw wrong(`The columns of ${file} are ${present.join(', ')}, not ${planned.join(', ')}.`)
}

function wrong(message: string): ConnectorError {
  return new ConnectorError('config', message)
}
