import type { RecordOutcome, RecordValues, Value, WriteBatch } from '#sdk'

export type Fault = Omit<Extract<RecordOutcome, { code: string }>, 'index'>

/** A record on its way to Zoho. */
export class Outgoing {
  #changed: RecordValues | null = null
  /** Fields that were put in, before the whole record was to be changed. */
  #patch: RecordValues | null = null
  /** The first reason why it is not sent. */
  fault: Fault | null = null

  constructor(
    /** Its place in the batch. */
    readonly index: number,
    private batch: WriteBatch,
    /** The id that Zoho knows it by, where it is known. */
    readonly id: string | null
  ) {}

  /** As the engine handed it over: a job makes it out anew each time. */
  get given(): RecordValues {
    return this.batch.records[this.index]
  }

  get values(): RecordValues {
    if (this.#changed !== null) return this.#changed
    return this.#patch === null ? this.given : { ...this.given, ...this.#patch }
  }

  get json(): string {
    const isGiven = this.#changed === null && this.#patch === null
    return isGiven ? this.batch.json[this.index] : JSON.stringify(this.values)
  }

  /** The values to change; what the engine handed over stays as it was. */
  change(): RecordValues {
    return (this.#changed ??= structuredClone(this.values))
  }

  /** Changes one field, and holds no more than that. */
  put(name: string, value: Value): void {
    if (this.#changed === null) this.#patch = { ...this.#patch, [name]: value }
    else this.#changed[name] = value
  }

  /** The value of one field, to be changed inside. */
  own(name: string): Value | undefined {
    const value = structuredClone(this.values[name])
    if (value !== undefined) this.put(name, value)
    return value
  }

  refuse(fault: Fault) {
    this.fault ??= fault
  }

  get outcome(): RecordOutcome | null {
    return this.fault && { index: this.index, ...this.fault }
  }
}

export function outgoingOf(batch: WriteBatch): Outgoing[] {
  const { ids } = batch
  return ids.map((id, index) => new Outgoing(index, batch, id))
}
