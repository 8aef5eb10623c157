import type { Progress } from '#engine/sync_input'

const PROGRESS_EVERY = 250

/** Tells of a run four times a second at most, and of where it ended however it ended. */
export class ProgressTeller {
  #told = 0
  #untold: Progress | null = null

  constructor(readonly tell: (progress: Progress) => void) {}

  hear(progress: Progress): void {
    const now = Date.now()
    const isEarly = now - this.#told < PROGRESS_EVERY && progress.stage !== 'finished'
    this.#untold = isEarly ? progress : null
    if (isEarly) return
    this.#told = now
    this.tell(progress)
  }

  end(): void {
    if (this.#untold !== null) this.tell(this.#untold)
    this.#untold = null
  }
}
