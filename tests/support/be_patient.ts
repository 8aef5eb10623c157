import { Test } from '@japa/runner/core'

/** A busy machine is slow, not broken: no test is given up before this. */
const LEAST = 300_000

export function bePatient(): void {
  Test.executing((test) => {
    const { timeout } = test.options
    if (timeout) test.timeout(Math.max(LEAST, timeout))
  })
}
