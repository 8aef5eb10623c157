const DEFAULT_ROWS = 200

/** The rows that a query may answer: `limit 2000`, or `limit 0, 2000`. */
export function coqlLimit(query: string): number {
  const found = /\slimit\s+(\d+)(?:\s*,\s*(\d+))?/i.exec(query)
  return found === null ? DEFAULT_ROWS : Number(found[2] ?? found[1])
}

export function coqlCredits(limit: number): number {
  if (limit <= 200) return 1
  return limit <= 1000 ? 2 : 3
}
