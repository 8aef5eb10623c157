import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import type { TruthLine } from './truth_line.js'

/** The truth on disk: a JSON line per committed write and bulk slice, replayed at start. */
export class TruthFile {
  #file: number
  #waiting: string[] = []

  constructor(path: string) {
    this.#file = openSync(path, 'a')
  }

  append(line: TruthLine) {
    this.#waiting.push(JSON.stringify(line))
  }

  /** Called before a reply leaves, so that what was answered is on disk. */
  flush() {
    if (this.#waiting.length === 0) return
    const lines = `${this.#waiting.join('\n')}\n`
    this.#waiting = []
    const bytes = Buffer.from(lines)
    for (let from = 0; from < bytes.length;) from += writeSync(this.#file, bytes, from)
  }

  clear() {
    this.#waiting = []
    ftruncateSync(this.#file, 0)
  }

  close() {
    this.flush()
    closeSync(this.#file)
  }

  /** Lines of an earlier life; a last line that was cut by a crash is cut off. */
  static read(path: string): TruthLine[] {
    if (!existsSync(path)) return []
    const bytes = readFileSync(path)
    const end = bytes.lastIndexOf(10) + 1
    if (end < statSync(path).size) {
      const file = openSync(path, 'r+')
      ftruncateSync(file, end)
      closeSync(file)
    }
    const lines: TruthLine[] = []
    for (let from = 0; from < end;) {
      const to = bytes.indexOf(10, from)
      lines.push(JSON.parse(bytes.toString('utf8', from, to)))
      from = to + 1
    }
    return lines
  }
}
