/** A line of the file. */
export function rowText(cells: string[], delimiter: string): string {
  const line = cells.map((cell) => quoted(cell, delimiter)).join(delimiter)
  // An empty line would be no row.
  return `${line === '' ? '""' : line}\r\n`
}

function quoted(cell: string, delimiter: string): string {
  const isPlain = !cell.includes(delimiter) && !/["\r\n]|^\s|\s$|^\uFEFF/.test(cell)
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`
}
