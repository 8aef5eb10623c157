import type { Outgoing } from './outgoing.js'

const isEmpty = (value: unknown) => value === null || value === ''

/** What is empty is not sent, so that Zoho keeps what it has. */
export function dropEmpty(all: Outgoing[]) {
  for (const outgoing of all) {
    const empty = Object.keys(outgoing.given).filter((name) => isEmpty(outgoing.given[name]))
    if (empty.length === 0) continue
    const values = outgoing.change()
    for (const name of empty) delete values[name]
  }
}
