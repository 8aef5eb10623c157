/** Prints one line for each step: what it does and how long it took. */
export class Steps {
  #out

  constructor({ json = false } = {}) {
    this.#out = json ? process.stderr : process.stdout
  }

  async run(title, work) {
    const started = performance.now()
    if (this.#out.isTTY) this.#out.write(`  ${title} …`)
    try {
      const result = await work()
      this.line('✔', title, started)
      return result
    } catch (error) {
      this.line('✖', title, started)
      throw error
    }
  }

  say(text) {
    this.#out.write(`${text}\n`)
  }

  /** The line of a step that is over. */
  line(mark, title, started) {
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    this.#out.write(`${this.#out.isTTY ? '\r\x1b[2K' : ''}${mark} ${title} … ${seconds} s\n`)
  }
}
