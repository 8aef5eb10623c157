import { IANAZone } from 'luxon'

const QUARTER = 900_000
const DAY = 86_400_000

/**
 * A time zone with remembered offsets: asking Intl costs more than all the rest of a conversion.
 * Offsets change on quarters of an hour only.
 */
export class Zone {
  readonly #zone: IANAZone
  readonly #offsets = new Map<number, number>()

  constructor(readonly name: string) {
    this.#zone = IANAZone.create(name)
  }

  static isKnown(name: string): boolean {
    return IANAZone.isValidZone(name)
  }

  /** Milliseconds to add to UTC. */
  offset(instant: number): number {
    if (this.name === 'UTC') return 0
    const quarter = Math.floor(instant / QUARTER)
    let offset = this.#offsets.get(quarter)
    if (offset === undefined) {
      if (this.#offsets.size > 100_000) this.#offsets.clear()
      offset = Math.round(this.#zone.offset(quarter * QUARTER) * 60_000)
      this.#offsets.set(quarter, offset)
    }
    return offset
  }

  /**
   * The instant at which clocks in this zone show `wall` (milliseconds as if it were UTC).
   * A time that a clock change skips moves forward by the length of the gap, as luxon does it;
   * of a time that comes twice the first is taken.
   */
  instant(wall: number): number {
    const before = this.offset(wall - DAY)
    const first = wall - before
    if (this.offset(first) === before) return first
    const after = this.offset(wall + DAY)
    return this.offset(wall - after) === after ? wall - after : first
  }
}

const zones = new Map<string, Zone>()

export function zoneOf(name: string | undefined): Zone {
  const wanted = name ?? 'UTC'
  let zone = zones.get(wanted)
  if (!zone) zones.set(wanted, (zone = new Zone(wanted)))
  return zone
}
