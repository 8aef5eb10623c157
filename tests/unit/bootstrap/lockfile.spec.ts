import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'

interface Lockfile {
  packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lockfile

/** Whether `name`, asked for by the package at `path`, has a place in the lockfile. */
function isLocked(path: string, name: string): boolean {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at}/node_modules/${name}`]) return true
  }
  return packages[`node_modules/${name}`] !== undefined
}

test.group('Lockfile', () => {
  test('holds every optional package that it names, else npm ci refuses it', ({ assert }) => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked(path, name))
        .map((name) => `${path || 'package.json'} names ${name}`)
    )
    assert.deepEqual(missing, [])
  })

  test('names no registry, so that any will do', ({ assert }) => {
    const resolved = Object.values(packages).filter((entry) => entry.resolved !== undefined)
    assert.deepEqual(resolved, [])
  })
})
