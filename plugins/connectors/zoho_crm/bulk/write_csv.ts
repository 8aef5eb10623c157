import type { BulkFile } from './plan_file.js'
import { quoted } from './quoted.js'

export function writeCsv({ columns, rows, records, ids }: BulkFile): string {
  let csv = columns.map((column) => column.name).join(',')
  const width = columns.length
  for (const index of rows) {
    const record = records[index]
    csv += '\n'
    for (let place = 0; place < width; place++) {
      const { name, text } = columns[place]
      if (place > 0) csv += ','
      csv += quoted(text(name === 'id' ? ids[index] : record[name]))
    }
  }
  return csv + '\n'
}
