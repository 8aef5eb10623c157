import { sweepPreviews } from '#domain/runs/sweep_previews'

const HOUR = 3_600_000

/** Looks once an hour for previews whose day is over. */
export class PreviewSweep {
  #nextAt = 0

  async turn(now = Date.now()): Promise<void> {
    if (now < this.#nextAt) return
    this.#nextAt = now + HOUR
    await sweepPreviews(now)
  }
}
