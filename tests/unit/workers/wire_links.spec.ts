import { test } from '@japa/runner'
import fc from 'fast-check'
import type { LinkRows } from '#engine/ledger'
import { packLinks, unpackLinks } from '#workers/wire_links'

const text = fc.oneof(fc.string(), fc.constantFrom('', '\n', '\u0000', '"', '\ud800', '😀', 'null'))
const state = fc.constantFrom<LinkRows['states'][number]>('sent', 'sent', 'deleted', 'rejected')
const row = fc.record({
  key: text,
  match: fc.option(text),
  targetId: fc.option(text),
  hash: text,
  state,
})

test.group('Links that cross from thread to thread', () => {
  test('arrive as they left', ({ assert }) => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const links: LinkRows = {
          keys: rows.map(({ key }) => key),
          matches: rows.map(({ match }) => match),
          targetIds: rows.map(({ targetId }) => targetId),
          hashes: rows.map(({ hash }) => hash),
          states: rows.map((each) => each.state),
        }
        assert.deepEqual(unpackLinks(structuredClone(packLinks(links))), links)
      })
    )
  })
})
