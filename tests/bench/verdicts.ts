/** What the bench promises, and whether it holds. */
export class Verdicts {
  #all: Array<{ promise: string; holds: boolean }> = []

  judge(promise: string, holds: boolean): void {
    this.#all.push({ promise, holds })
  }

  get all() {
    return [...this.#all]
  }

  get hold(): boolean {
    return this.#all.every(({ holds }) => holds)
  }
}
