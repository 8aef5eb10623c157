import { test } from '@japa/runner'
import { csvLine } from '#domain/runs/csv_line'

test.group('A line of CSV', () => {
  test('for {0}')
    .with([
      ['=1+1', `"'=1+1"`],
      ['+49 30 1', `"'+49 30 1"`],
      ['-2', `"'-2"`],
      ['@cmd', `"'@cmd"`],
      ['\t=1', `"'\t=1"`],
      ['a "b", c', '"a ""b"", c"'],
      ['two\nlines', '"two\nlines"'],
      ['plain = text', 'plain = text'],
    ] as const)
    .run(({ assert }, [text, cell]) => {
      assert.equal(csvLine([text]), `${cell}\r\n`)
    })

  test('keeps numbers as they are, and leaves out what is not there', ({ assert }) => {
    assert.equal(csvLine([-2, null, 0.5]), '-2,,0.5\r\n')
  })
})
