import assert from 'node:assert/strict'
import { ConnectorError, type CallRoute, type WriteBatch, type WriteWish } from '#sdk'
import { concernsWriters, type Clause, type Subject, type WritingStage } from '../stage.js'
import { batchOf, newContext, routesOf, type Reached } from '../reach.js'

export const deletesClause: Clause = {
  number: 'C22',
  title: 'what is deleted is gone, and deleting it again changes nothing',
  concerns: concernsWriters,
  async verify(subject) {
    for (const writing of subject.stage.writing) {
      const { reached, routes } = await routesOf(subject, writing)
      const write = routes.find((route) => route.kind === 'call')
      if (!write) continue
      for (const route of routesToDelete(reached, writing)) {
        await tryDeleting(subject, { reached, writing, write, route })
        await tryLosing(subject, { reached, writing, write, route })
      }
    }
  },
}

interface Given {
  reached: Reached
  writing: WritingStage
  write: CallRoute
  route: CallRoute
}

function routesToDelete({ access, stream }: Reached, { options = {} }: WritingStage): CallRoute[] {
  const wish: WriteWish = { operation: 'delete', match: { by: 'id' }, fields: [], options }
  return (access.routes?.(stream) ?? []).filter(
    (route): route is CallRoute =>
      route.kind === 'call' && route.operations.includes('delete') && route.suits?.(wish) !== false
  )
}

/** Writes records and names them as the engine would, to delete them by id. */
async function doomed(subject: Subject, { reached, writing, write }: Given, count: number) {
  const records = writing.records(count)
  const batch = batchOf(writing, reached.stream, records)
  const written = await write.send(newContext(subject), batch)
  const ids = written.map((outcome) => {
    assert.ok('id' in outcome, 'a sound record is written')
    return outcome.id
  })
  const deletion: WriteBatch = {
    ...batch,
    operation: 'delete',
    match: { by: 'id' },
    records: ids.map(() => ({})),
    json: ids.map(() => '{}'),
    ids,
  }
  return { batch, deletion }
}

async function tryDeleting(subject: Subject, given: Given): Promise<void> {
  const { reached, route } = given
  const { batch, deletion } = await doomed(subject, given, Math.min(4, route.maxRecords))
  const one = { ...deletion, records: [{}], json: ['{}'], ids: [deletion.ids[0]] }
  assert.deepEqual(statesOf(await route.send(newContext(subject), one)), ['deleted'])
  const rest = await route.send(newContext(subject), deletion)
  assert.deepEqual(
    statesOf(rest),
    ['unchanged', 'deleted', 'deleted', 'deleted'].slice(0, rest.length)
  )
  assert.equal(rest.length, deletion.ids.length, 'each record has one outcome')
  const again = await route.send(newContext(subject), deletion)
  assert.ok(
    statesOf(again).every((state) => state === 'unchanged'),
    'they were gone'
  )
  const { lookup } = reached.access
  if (!lookup || batch.match.by !== 'fields') return
  assert.deepEqual(await lookup(newContext(subject), batch), { found: [], certain: true })
}

/** The vendor may have done it: the same batch again settles it. */
async function tryLosing(subject: Subject, given: Given): Promise<void> {
  const { route } = given
  const { deletion } = await doomed(subject, given, Math.min(2, route.maxRecords))
  await subject.stage.writing[0].loseReply()
  await assert.rejects(
    () => route.send(newContext(subject), deletion),
    (error) => error instanceof ConnectorError && error.delivered === 'unknown',
    `${route.name}: delivered unknown`
  )
  const settled = statesOf(await route.send(newContext(subject), deletion))
  assert.ok(settled.every((state) => state === 'unchanged' || state === 'deleted'))
}

function statesOf(outcomes: Awaited<ReturnType<CallRoute['send']>>): string[] {
  return outcomes.toSorted((a, b) => a.index - b.index).map(({ state }) => state)
}
