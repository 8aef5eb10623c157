import type { RecordOutcome, RecordValues, WriteBatch } from '#sdk'

export type Fault = Omit<Extract<RecordOutcome, { code: string }>, 'index'>

/** A record on its way to Zoho. */
export class Outgoing {
  #changed: RecordValues | null = null
  /** The first reason why it is not sent. */
  fault: Fault | null = null

  constructor(
    /** Its place in the batch. */
    readonly index: number,
    readonly given: RecordValues,
    readonly givenJson: string,
    /** The id that Zoho knows it by, where it is known. */
    readonly id: string | null
  ) {}

  get values(): RecordValues {
    return this.#changed ?? this.given
  }

  get json(): string {
    return this.#changed === null ? this.givenJson : JSON.stringify(this.#changed)
  }

  /** The values to change; what the engine handed over stays as it was. */
  change(): RecordValues {
    return (this.#changed ??= structuredClone(this.given))
  }

  refuse(fault: Fault) {
    this.fault ??= fault
  }

  get outcome(): RecordOutcome | null {
    return this.fault && { index: this.index, ...this.fault }
  }
}

export function outgoingOf({ records, json, ids }: WriteBatch): Outgoing[] {
  const all: Outgoing[] = []
  for (const record of records) {
    const at = all.length
    all.push(new Outgoing(at, record, json[at], ids[at]))
  }
  return all
}
