export class SimulatedClock {
  #ahead = 0

  now() {
    return Date.now() + this.#ahead
  }

  advance(seconds: number) {
    this.#ahead += seconds * 1000
  }
}
