import { getActiveTest } from '@japa/runner'

/**
 * What is given throws once the test that runs now is over: a test that was given up must not go
 * on waiting, and working, beside others.
 */
export function onlyInThisTest(): () => void {
  const mine = getActiveTest()
  return () => {
    if (getActiveTest() !== mine) throw new Error('The test was over before what it waited for')
  }
}
