/** Gives each column a name of its own: `name`, `name_2`, and `column_4` where there is none. */
export function nameColumns(header: string[], reserved: string[]): string[] {
  const taken = new Set(reserved)
  const given = new Set(header.map((cell) => cell.trim()))
  return header.map((cell, at) => {
    const wanted = cell.trim() || `column_${at + 1}`
    let name = wanted
    // A number is skipped where the header itself has a column of that name.
    for (let copy = 2; taken.has(name) || (name !== cell.trim() && given.has(name)); copy++) {
      name = `${wanted}_${copy}`
    }
    taken.add(name)
    return name
  })
}
