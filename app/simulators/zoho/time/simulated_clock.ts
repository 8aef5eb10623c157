interface Sleeper {
  at: number
  wake: () => void
}

export class SimulatedClock {
  #ahead = 0
  #sleepers = new Set<Sleeper>()

  now() {
    return Date.now() + this.#ahead
  }

  advance(seconds: number) {
    this.#ahead += seconds * 1000
    for (const sleeper of this.#sleepers) if (sleeper.at <= this.now()) sleeper.wake()
  }

  /** Resolves when the time is reached, by waiting or by an advance of the clock. */
  until(at: number): Promise<void> {
    if (at <= this.now()) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.#sleepers.delete(sleeper)
        resolve()
      }
      const timer = setTimeout(wake, at - this.now())
      const sleeper = { at, wake }
      this.#sleepers.add(sleeper)
      timer.unref()
    })
  }
}
