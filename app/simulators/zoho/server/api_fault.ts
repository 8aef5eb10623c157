/** A refusal of the whole request. */
export class ApiFault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown> = {}
  ) {
    super(message)
  }

  get body() {
    return { code: this.code, details: this.details, message: this.message, status: 'error' }
  }
}
