import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { matchLinks, writeLinks } from '#domain/runs/links'
import { serviceNumber } from '#domain/runs/service_number'
import { BEHIND, type Link, type LinkRows } from '#engine/ledger'
import { givenService, givenTenant } from '#tests/support/app'

const AWKWARD = ["O'Brien", 'back\\slash', '100 %', '"quoted"', 'Ünïcode 🎉', 'two\nlines', '?']
const STATES: Array<Link['state']> = ['sent', 'rejected', 'sending', 'failed', 'deleted']

/** As many as need several statements, and leave a rest; the first thousand are sent, then states take turns. */
function manyRows(records: number): LinkRows {
  const places = Array.from({ length: records }, (_, at) => at)
  return {
    keys: places.map((at) => `${AWKWARD[at % AWKWARD.length]} ${at}`),
    matches: places.map((at) => (at % 3 === 0 ? null : `match '${at}' \\`)),
    targetIds: places.map((at) => (at % 4 === 0 ? null : `5725767${at}`)),
    hashes: places.map((at) => `hash-${at}`),
    states: places.map((at) => (at < 1_000 ? 'sent' : STATES[at % STATES.length])),
  }
}

const oneRow = (targetId: string | null, hash: string, state: Link['state']): LinkRows => ({
  ...{ keys: ['k'], matches: ['m'], targetIds: [targetId] },
  ...{ hashes: [hash], states: [state] },
})

async function givenNumber(): Promise<number> {
  const { id } = await givenService(await givenTenant())
  return serviceNumber(id)
}

test.group('Record links', () => {
  test('are found as they were written, whatever their number, states and texts', async ({
    assert,
  }) => {
    const [number, other] = [await givenNumber(), await givenNumber()]
    const rows = manyRows(2_345)
    const before = Date.now()
    await db.transaction((client) => writeLinks(client, number, rows))
    const found = await matchLinks(number, rows.keys, rows.matches)
    const expected = rows.keys.map((_, at) => ({
      link: {
        targetId: rows.states[at] === 'deleted' ? null : rows.targetIds[at],
        ...{ hash: rows.hashes[at], state: rows.states[at], fault: null },
      },
      owner: null,
    }))
    assert.deepEqual(found, expected)
    const [{ first, last }] = await db
      .from('record_links')
      .where('service_number', number)
      .min('settled_at as first')
      .max('settled_at as last')
    assert.equal(Number(first), Number(last))
    assert.isAtLeast(Number(first), before)
    const owners = await matchLinks(number, ['another'], ["match '1' \\"])
    assert.equal(owners[0].owner, rows.keys[1])
    const strange = await matchLinks(other, rows.keys, rows.matches)
    assert.isTrue(strange.every(({ link, owner }) => link === null && owner === null))
  })

  test('let others have their turn every 2,000 while many are written', async ({ assert }) => {
    const number = await givenNumber()
    let turns = 0
    const takeTurn = () => {
      if (++turns < 2) setImmediate(takeTurn)
    }
    await db.transaction(async (client) => {
      setImmediate(takeTurn)
      await writeLinks(client, number, manyRows(5_000))
      assert.equal(turns, 2)
    })
  })

  test('keep an id until it is deleted or overtaken', async ({ assert }) => {
    const number = await givenNumber()
    const write = async (...row: Parameters<typeof oneRow>) => {
      await db.transaction((client) => writeLinks(client, number, oneRow(...row)))
      const [{ link }] = await matchLinks(number, ['k'], [null])
      return link
    }
    await write('7', 'one', 'sent')
    assert.deepInclude(await write(null, 'two', 'failed'), { targetId: '7', hash: 'two' })
    assert.deepInclude(await write('8', `${BEHIND}three`, 'sent'), { targetId: null })
    await write('9', 'four', 'sent')
    assert.deepInclude(await write('9', 'five', 'deleted'), { targetId: null, state: 'deleted' })
  })
})
