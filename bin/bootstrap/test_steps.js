import { existsSync, readdirSync } from 'node:fs'
import { inRoot } from './paths.js'
import { cachedTypescript } from './platform.js'

const bin = (packageName, file) => inRoot('node_modules', packageName, file)
const unit = [...cachedTypescript, 'bin/unit.ts']
const withServer = [...cachedTypescript, 'bin/test.ts']

function unitFolders() {
  const folder = inRoot('tests', 'unit')
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.filter((name) => name !== 'architecture').map((name) => `tests/unit/${name}`)
}

/**
 * What `npm test` runs. `needs` must exist: a step without its files is a fault. `counts` marks
 * the runs whose tests japa counts; `programs` must be on the machine.
 *
 * These need the packages alone, so they run while the rest is installed.
 */
export function checkSteps() {
  return [
    { title: 'format', args: [bin('prettier', 'bin/prettier.cjs'), '--check', '.'] },
    { title: 'lint', args: [bin('eslint', 'bin/eslint.js'), '.'] },
    { title: 'types', args: [bin('typescript', 'bin/tsc'), '--noEmit', '-p', '.'] },
    {
      title: 'types of the pages',
      args: [bin('vue-tsc', 'bin/vue-tsc.js'), '--noEmit', '-p', 'inertia'],
      needs: ['inertia/tsconfig.json'],
    },
    {
      title: 'architecture',
      args: [...unit, 'tests/unit/architecture'],
      needs: ['tests/unit/architecture'],
      counts: true,
    },
  ]
}

/** Each has databases, ports and folders of its own. The longest first, so that they fill the time. */
export function suiteSteps() {
  return [
    {
      title: 'functional on MariaDB, less what tests/support/on_sqlite_alone.ts lists',
      args: [...withServer, 'functional'],
      env: { NODE_ENV: 'test', DB_CONNECTION: 'mysql' },
      needs: ['bin/test.ts', 'tests/functional'],
      programs: ['mariadbd'],
      counts: true,
    },
    {
      title: 'functional on SQLite',
      args: [...withServer, 'functional'],
      env: { NODE_ENV: 'test', DB_CONNECTION: 'sqlite' },
      needs: ['bin/test.ts', 'tests/functional'],
      counts: true,
    },
    {
      title: 'browser',
      args: [...withServer, 'browser'],
      env: { NODE_ENV: 'test', DB_CONNECTION: 'sqlite' },
      needs: ['bin/test.ts', 'tests/browser'],
      programs: ['chromium-headless-shell'],
      counts: true,
    },
    {
      title: 'unit and contract',
      args: [...unit, ...unitFolders(), 'tests/contract'],
      needs: ['tests/unit', 'tests/contract'],
      counts: true,
    },
  ]
}
