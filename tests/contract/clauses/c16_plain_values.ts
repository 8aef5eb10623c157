import { concernsReaders, type Clause } from '../stage.js'
import { newContext, pagesOf, waysOf } from '../reach.js'
import { assertPlain } from './plain.js'

export const plainValuesClause: Clause = {
  number: 'C16',
  title: 'records and cursors are plain data',
  concerns: concernsReaders,
  async verify(subject) {
    for (const reading of subject.stage.reading) {
      for (const reached of await waysOf(subject, reading.stream)) {
        for await (const page of pagesOf(reached, newContext(subject), {})) {
          assertPlain(page.cursor, 'cursor')
          for (const record of page.records) assertPlain(record, reading.stream)
        }
      }
    }
  },
}
