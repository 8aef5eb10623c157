const QUARTER = 15 * 60 * 1000

const pad = (value: number) => (value < 10 ? `0${value}` : String(value))

export class ZoneTime {
  #offsets = new Map<number, number>()
  #format: Intl.DateTimeFormat

  constructor(readonly zone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  }

  offsetMinutes(at: number) {
    const bucket = Math.floor(at / QUARTER)
    let offset = this.#offsets.get(bucket)
    if (offset === undefined) {
      const parts = this.#format.formatToParts(bucket * QUARTER)
      const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
      const found = /([+-])(\d\d):(\d\d)/.exec(name)
      const minutes = found ? Number(found[2]) * 60 + Number(found[3]) : 0
      offset = found?.[1] === '-' ? -minutes : minutes
      this.#offsets.set(bucket, offset)
    }
    return offset
  }

  /** Milliseconds become `yyyy-MM-ddTHH:mm:ss±HH:mm` in this zone. */
  format(at: number) {
    const offset = this.offsetMinutes(at)
    const local = new Date(at + offset * 60_000).toISOString().slice(0, 19)
    const size = Math.abs(offset)
    return `${local}${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
  }

  /** The instant of a wall-clock time in this zone. */
  instant(wallClock: number) {
    const guess = wallClock - this.offsetMinutes(wallClock) * 60_000
    return wallClock - this.offsetMinutes(guess) * 60_000
  }
}
