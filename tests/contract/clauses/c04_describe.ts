import assert from 'node:assert/strict'
import { ConnectorError, type StreamDescription } from '#sdk'
import { concernsAll, type Clause, type Subject } from '../stage.js'
import { newContext } from '../reach.js'
import { assertPlain } from './plain.js'

export const describeClause: Clause = {
  number: 'C4',
  title: 'what is listed can be described, and descriptions agree with themselves',
  concerns: concernsAll,
  async verify(subject) {
    const { connector, stage } = subject
    for (const stream of connector.streams ?? []) assertDescription(stream.description)
    if (connector.discover) await assertDiscovery(subject)
    const used = [...stage.reading, ...stage.writing]
    assert.ok(used.length > 0, 'the fixture names streams')
  },
}

async function assertDiscovery(subject: Subject): Promise<void> {
  const discover = subject.connector.discover
  if (!discover) return
  const listed = await discover.list(newContext(subject))
  const names = listed.map((stream) => stream.name)
  assert.equal(new Set(names).size, names.length, 'names are unique')
  for (const { stream } of [...subject.stage.reading, ...subject.stage.writing]) {
    assert.ok(names.includes(stream), `${stream} is listed`)
    const description = await discover.describe(newContext(subject), stream)
    assert.equal(description.name, stream)
    assertDescription(description)
  }
  await assert.rejects(
    () => discover.describe(newContext(subject), 'no such stream'),
    (error) => error instanceof ConnectorError && error.kind === 'config',
    'an unknown stream is a config error'
  )
}

function assertDescription(stream: StreamDescription): void {
  assertPlain(stream, stream.name)
  const names = stream.fields.map((field) => field.name)
  assert.equal(new Set(names).size, names.length, 'fields have names of their own')
  assert.ok(stream.key.length > 0, 'there is a key')
  for (const name of [...stream.key, ...stream.cursors]) {
    assert.ok(names.includes(name), `${name} is a field`)
  }
  for (const field of stream.fields) {
    if (field.closed) assert.ok(field.values, `${field.name} is closed, so its values are known`)
  }
}
