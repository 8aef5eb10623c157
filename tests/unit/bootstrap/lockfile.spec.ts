import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'

interface Lockfile {
  packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>
}

const lockfiles = ['package-lock.json', 'tests/support/zoho_sdk/package/package-lock.json']
const packagesOf = (path: string) => (JSON.parse(readFileSync(path, 'utf8')) as Lockfile).packages

/** Whether `name`, asked for by the package at `path`, has a place in the lockfile. */
function isLocked(packages: Lockfile['packages'], path: string, name: string): boolean {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at}/node_modules/${name}`]) return true
  }
  return packages[`node_modules/${name}`] !== undefined
}

test.group('Lockfile', () => {
  test('{$self} holds every optional package that it names, else npm ci refuses it')
    .with(lockfiles)
    .run(({ assert }, lockfile) => {
      const packages = packagesOf(lockfile)
      const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
        Object.keys(optionalDependencies)
          .filter((name) => !isLocked(packages, path, name))
          .map((name) => `${path || 'package.json'} names ${name}`)
      )
      assert.deepEqual(missing, [])
    })

  test('{$self} names no registry, so that any will do')
    .with(lockfiles)
    .run(({ assert }, lockfile) => {
      const entries = Object.values(packagesOf(lockfile))
      assert.deepEqual(
        entries.filter((entry) => entry.resolved !== undefined),
        []
      )
    })
})
