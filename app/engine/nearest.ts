/** The names closest to what was written, best first; nothing that is far off. */
export function nearest(wanted: string, names: Iterable<string>, limit = 1): string[] {
  const text = wanted.toLowerCase()
  const reach = Math.max(2, Math.ceil(text.length / 2))
  return [...names]
    .map((name) => ({ name, distance: distance(text, name.toLowerCase()) }))
    .filter((each) => each.distance <= reach)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map((each) => each.name)
}

/** " Did you mean 'x'?", or nothing. */
export function didYouMean(wanted: string, names: Iterable<string>): string {
  const [name] = nearest(wanted, names)
  return name === undefined ? '' : ` Did you mean '${name}'?`
}

function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(changed, above[j] + 1, row[j - 1] + 1)
    }
    above = row
  }
  return above[b.length]
}
