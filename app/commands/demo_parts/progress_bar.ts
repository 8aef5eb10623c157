import { recordsRead } from '#engine/counters'
import type Run from '#domain/runs/run'

const WIDTH = 30

/** A live line on the terminal; one plain line a second where there is none. */
export class ProgressBar {
  readonly #total: number
  readonly #isLive = process.stderr.isTTY === true
  #shownAt = 0

  constructor(total: number) {
    this.#total = total
  }

  show(run: Run): void {
    const now = Date.now()
    if (!this.#isLive && now - this.#shownAt < 1000) return
    this.#shownAt = now
    const read = recordsRead(run.counters)
    const share = Math.min(1, read / this.#total)
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░')
    const rate = run.seconds > 0 ? Math.round(read / run.seconds) : 0
    const underWay = run.underWay > 0 ? `, ${run.underWay.toLocaleString('en')} under way` : ''
    const line = `${bar} ${Math.round(share * 100)} %  ${read.toLocaleString('en')} settled${underWay}, ${rate.toLocaleString('en')}/s  ${run.stage ?? run.state}`
    process.stderr.write(this.#isLive ? `\r\x1b[2K${line}` : `${line}\n`)
  }

  end(): void {
    if (this.#isLive) process.stderr.write('\r\x1b[2K')
  }
}
