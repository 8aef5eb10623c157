import { setUp } from './set_up.js'
import { Steps } from './steps.js'

export async function runTests() {
  const steps = new Steps()
  await setUp(steps)
  return 0
}
