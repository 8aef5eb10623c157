import assert from 'node:assert/strict'
import type { DeletedPage, Json } from '#sdk'
import { concernsReadersOfDeletions, type Clause, type Subject } from '../stage.js'
import { keysOf, newContext, reach, readAll, stored, type Reached } from '../reach.js'
import { compareValues } from './bounds.js'
import { assertPlain } from './plain.js'

export const deletionsClause: Clause = {
  number: 'C20',
  title: 'deletions are told in their order, and none is lost between two sweeps',
  concerns: concernsReadersOfDeletions,
  async verify(subject) {
    const removing = subject.stage.reading.filter(({ remove }) => remove)
    assert.ok(removing.length > 0, 'the fixture deletes')
    for (const { stream, remove } of removing) {
      const reached = await reach(subject, stream)
      const all = await readAll(subject, reached)
      const first = all.slice(0, 3)
      const since = (await remove?.(first)) ?? ''
      const pages = await sweep(subject, reached, since, null)
      assertTold(pages, reached, first)
      const last = pages[pages.length - 1].cursor
      const later = all.slice(3, 5)
      await remove?.(later)
      assertTold(await sweep(subject, reached, since, stored(last)), reached, later)
      for (const [at, page] of pages.entries()) {
        const rest = keysIn(await sweep(subject, reached, since, stored(page.cursor)))
        const behind = keysIn(pages.slice(at + 1))
        assert.deepEqual(
          behind.filter((key) => !rest.includes(key)),
          [],
          'lost behind a cursor'
        )
      }
    }
  },
}

async function sweep(
  subject: Subject,
  { access, stream }: Reached,
  since: string,
  cursor: Json
): Promise<DeletedPage[]> {
  const pages: DeletedPage[] = []
  for await (const page of access.readDeleted?.(newContext(subject), stream, { since, cursor }) ??
    []) {
    assertPlain(page, 'deletions')
    assert.notEqual(page.cursor, null, 'a page has a cursor')
    pages.push(page)
  }
  assert.ok(pages.length > 0, 'the last page says where the next sweep begins')
  return pages
}

function keysIn(pages: DeletedPage[]): string[] {
  return pages.flatMap(({ deleted }) => deleted.map(({ key }) => key))
}

function assertTold(pages: DeletedPage[], { stream }: Reached, gone: object[]): void {
  const told = keysIn(pages)
  const records = gone.map((record) => Object.fromEntries(Object.entries(record)))
  const keys = keysOf(records, stream).map((text) => {
    const parts: unknown[] = JSON.parse(text)
    return parts.length === 1 ? String(parts[0]) : text
  })
  assert.deepEqual(
    keys.filter((key) => !told.includes(key)),
    [],
    'deletions that are not told'
  )
  const moments = pages.flatMap(({ deleted }) => deleted.map(({ at }) => at))
  for (const [at, moment] of moments.entries()) {
    assert.ok(compareValues(moments[Math.max(0, at - 1)], moment) <= 0, 'the moments grow')
  }
}
