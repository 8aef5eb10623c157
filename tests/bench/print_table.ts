type Cell = string | number

/** Columns that line up; numbers to the right. */
export function tableText(head: string[], rows: Cell[][]): string {
  const lines = [head, ...rows.map((row) => row.map(cellText))]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  const isNumber = head.map((_, column) => rows.every((row) => typeof row[column] === 'number'))
  const render = (line: string[]) =>
    line
      .map((cell, column) =>
        isNumber[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])
      )
      .join('  ')
      .trimEnd()
  return [render(lines[0]), widths.map((width) => '─'.repeat(width)).join('  ')]
    .concat(lines.slice(1).map(render))
    .join('\n')
}

function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell
  return Number.isInteger(cell) ? cell.toLocaleString('en-US') : cell.toFixed(2)
}
