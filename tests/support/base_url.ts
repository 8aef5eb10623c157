/** Where the server under test listens. */
export function baseUrl(): string {
  return `http://${process.env.HOST}:${process.env.PORT}`
}
