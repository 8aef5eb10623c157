import assert from 'node:assert/strict'
import type { PluginManifest } from '#sdk'
import { concernsAll, type Clause } from '../stage.js'

const PERMISSIONS = ['http', 'tcp', 'files']
const TEXTS = ['title', 'publisher', 'description', 'entry', 'icon'] as const

export const manifestClause: Clause = {
  number: 'C1',
  title: 'the manifest is whole, and names the folder',
  concerns: concernsAll,
  async verify({ folder, manifest }) {
    assertManifest(folder, manifest)
    assert.equal(manifest.kind, 'connector')
  },
}

/** Holds for templates as well. */
export function assertManifest(folder: string, manifest: PluginManifest): void {
  assert.equal(manifest.name, folder, 'the plugin has the name of its folder')
  assert.match(manifest.name, /^[a-z0-9_]+$/)
  assert.match(manifest.version, /^\d+\.\d+\.\d+$/)
  assert.match(manifest.sdk, /^[\^~]?\d+\.\d+\.\d+$/)
  for (const name of TEXTS) {
    assert.ok(typeof manifest[name] === 'string' && manifest[name] !== '', `${name} is a text`)
  }
  assert.ok(Array.isArray(manifest.hosts) && Array.isArray(manifest.categories))
  for (const permission of manifest.permissions) {
    assert.ok(PERMISSIONS.includes(permission), `${permission} is a permission`)
  }
}
