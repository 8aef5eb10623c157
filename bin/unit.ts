import { globSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { assert } from '@japa/assert'
import { configure, processCLIArgs, run } from '@japa/runner'
import { bePatient } from '../tests/support/be_patient.js'

/**
 * Runs the tests that need no server. Words after the command keep the files
 * whose path holds one of them.
 */
const args = process.argv.slice(2)
const words = args.filter((arg) => !arg.startsWith('-'))

processCLIArgs(args.filter((arg) => arg.startsWith('-')))
configure({
  files: () =>
    globSync(['tests/unit/**/*.spec.ts', 'tests/contract/**/*.spec.ts'])
      .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
      .sort()
      .map((path) => pathToFileURL(path)),
  plugins: [assert()],
  setup: [bePatient],
  timeout: 30_000,
})
run()
