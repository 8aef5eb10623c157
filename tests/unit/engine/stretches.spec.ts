import fc from 'fast-check'
import { test } from '@japa/runner'
import type { Compose } from '#sdk'
import { PageAccount, Slot } from '#engine/account'
import { emptyDraft, packValues } from '#engine/packed_draft'
import { composedOf, stretchesOf } from '#engine/stretches'

const PAGE = new PageAccount(0, 1)
const NAMES = ['Müller', '🙂', 'a,"b"\n', '']

function waiting(count: number, compose: Compose | null) {
  const slots = Array.from({ length: count }, (_, id) => {
    const target = { Ref: `R${id}`, Name: NAMES[id % NAMES.length] }
    const named = { key: String(id), hash: `hash ${id}`, match: null, targetId: null }
    return new Slot({ ...named, source: { id }, target, json: JSON.stringify(target) }, PAGE, null)
  })
  packValues(slots, compose)
  return slots.map(({ draft }) => draft)
}

const line: Compose = ({ Ref, Name }) => `${String(Ref)}:${String(Name)};`
const lineAt = (id: number) => `R${id}:${NAMES[id % NAMES.length]};`

test.group('Records that their route composed', () => {
  test('are told piece by piece, whichever of them a job takes', ({ assert }) => {
    const drafts = waiting(600, line)
    const cuts = fc.tuple(fc.nat(600), fc.nat(600)).map((ends) => ends.sort((a, b) => a - b))
    fc.assert(
      fc.property(cuts, fc.boolean(), ([from, to], isTurned) => {
        const taken = drafts.slice(from, to)
        const ids = [...drafts.keys()].slice(from, to)
        if (isTurned) taken.reverse()
        if (isTurned) ids.reverse()
        const pieces = composedOf(taken) ?? []
        assert.equal(pieces.map(String).join(''), ids.map(lineAt).join(''))
      })
    )
  })

  test('are not told where one of them was not composed', ({ assert }) => {
    const drafts = waiting(600, (record) => (record.Ref === 'R300' ? null : line(record)))
    assert.isNull(composedOf(drafts))
    assert.isNotNull(composedOf(drafts.slice(0, 250)))
    assert.isNotNull(composedOf(drafts.slice(500)))
    assert.isNull(composedOf(waiting(3, null)))
  })

  test('are let go with the last of their bundle', ({ assert }) => {
    const drafts = waiting(250, line)
    for (const draft of drafts.slice(1)) emptyDraft(draft, false)
    assert.isNotNull(composedOf(drafts.slice(0, 1)))
    emptyDraft(drafts[0], false)
    assert.isNull(composedOf(drafts.slice(0, 1)))
  })

  test('stand in stretches that hold each of them once', ({ assert }) => {
    const [first, ...rest] = waiting(600, null)
    const loose = Array.from({ length: 300 }, (_, id) => ({ ...first, key: `loose ${id}` }))
    const all = [...rest.slice(100), ...loose, first, ...rest.slice(0, 100)]
    const stretches = [...stretchesOf(all)]
    assert.deepEqual(
      stretches.flatMap(({ drafts }) => drafts),
      all
    )
    const lengths = stretches.map(({ drafts, from }) => [from, drafts.length])
    assert.deepEqual(lengths, [
      ...[
        [101, 149],
        [0, 250],
        [0, 100],
      ],
      ...[
        [0, 250],
        [0, 50],
      ],
      [0, 101],
    ])
  })
})
