/** What Books allows an organization. */
export interface BookOptions {
  booksPerMinute: number
  booksPerDay: number
  booksConcurrency: number
}

export const bookDefaults: BookOptions = {
  booksPerMinute: 100,
  booksPerDay: 10_000,
  booksConcurrency: 10,
}
