import { Transform } from 'node:stream'
import { pipeline } from 'node:stream'
import { CsvError, parse, type Info } from 'csv-parse'
import { ConnectorError, type Context } from '#sdk'
import type { Encoding } from './detect_encoding.js'

export interface CsvRow {
  cells: string[]
  /** The line of the file that the row ends on. */
  line: number
}

interface Parsed {
  record: string[]
  info: Info
}

/** The rows of the file as they come; never more than a few in memory. The file is closed at the end, whatever ends it. */
export async function* rowsOf(
  ctx: Context,
  { encoding, delimiter }: { encoding: Encoding; delimiter: string }
): AsyncGenerator<CsvRow> {
  ctx.signal.throwIfAborted()
  const file = await ctx.openFile(String(ctx.settings.file))
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  })
  const abort = () => parser.destroy()
  ctx.signal.addEventListener('abort', abort, { once: true })
  // An error reaches the loop below by way of the parser.
  pipeline(file, decoding(encoding), parser, (error) => error && parser.destroy(error))
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      yield { cells: record, line: info.lines }
    }
  } catch (error) {
    if (ctx.signal.aborted) throw ctx.signal.reason
    throw explainFailure(error)
  } finally {
    ctx.signal.removeEventListener('abort', abort)
    parser.destroy()
  }
}

function decoding(encoding: Encoding): Transform {
  const decoder = encoding.decoder()
  const step = (done: (error: Error | null, text?: string) => void, decode: () => string) => {
    try {
      done(null, decode())
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return new Transform({
    decodeStrings: false,
    transform: (bytes: Buffer, _encoding, done) => step(done, () => decoder.write(bytes)),
    flush: (done) => step(done, () => decoder.end()),
  })
}

function explainFailure(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  const line = 'lines' in error ? Number(error.lines) : 0
  const place = line > 0 ? `Line ${line}` : 'The file'
  const trouble = error.code.includes('QUOTE')
    ? 'has a quotation mark that does not match: a cell in quotes must end with one, and a quote inside is written twice'
    : 'cannot be read as CSV'
  return new ConnectorError('config', `${place} ${trouble}.`, {
    cause: error,
    detail: error.message,
  })
}
