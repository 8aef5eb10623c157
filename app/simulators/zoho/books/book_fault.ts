/** A refusal by Books, whose number counts for more than its status. */
export class BookFault extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string
  ) {
    super(message)
  }

  get body() {
    return { code: this.code, message: this.message }
  }
}

export const invalidValue = (name: string) =>
  new BookFault(400, 4, `Invalid value passed for ${name}`)
