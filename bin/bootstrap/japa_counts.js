import { plainLines } from './run_program.js'

export const noCounts = { passed: 0, failed: 0, skipped: 0 }

/** What japa's own summary says, or nothing when the run never came to one. */
export function japaCounts(output) {
  const summary = plainLines(output).findLast((line) => /^\s*Tests\s+\d+ \w+/.test(line))
  if (!summary) return undefined
  const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0)
  return {
    passed: count('passed') + count('regression'),
    failed: count('failed'),
    skipped: count('skipped') + count('todo'),
  }
}

export function addCounts(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  }
}

/** The last line of `npm test`. */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
