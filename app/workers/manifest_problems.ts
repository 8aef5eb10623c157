import type { PluginManifest } from '#sdk'

const NAME = /^[a-z][a-z0-9_]{0,62}$/
const VERSION = /^\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?$/
const RANGE = /^\^(\d+)\.(\d+)\.(\d+)$/
const PERMISSIONS = ['http', 'tcp', 'files']
const TEXTS = ['title', 'publisher', 'description', 'entry', 'icon'] as const
const LISTS = ['hosts', 'permissions', 'categories'] as const

/** What is wrong with a manifest; empty when it is valid. The argument may be anything that JSON can hold. */
export function manifestProblems(
  manifest: Partial<PluginManifest> | null,
  kind: PluginManifest['kind'],
  folder: string,
  sdkVersion: string
): string[] {
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    return ['it must hold one object']
  }
  const problems: string[] = []
  const need = (isRight: boolean, problem: string) => {
    if (!isRight) problems.push(problem)
  }

  need(manifest.name === folder, `"name" must be the name of its folder, "${folder}"`)
  need(NAME.test(folder), `the folder's name must be lower case letters, digits and "_"`)
  need(manifest.kind === kind, `"kind" must be "${kind}"`)
  need(VERSION.test(manifest.version ?? ''), '"version" must be like "1.0.0"')
  for (const text of TEXTS) {
    need(typeof manifest[text] === 'string' && manifest[text] !== '', `"${text}" must be a text`)
  }
  for (const list of LISTS) {
    need(
      Array.isArray(manifest[list]) && manifest[list].every((entry) => typeof entry === 'string'),
      `"${list}" must be a list of texts`
    )
  }
  if (Array.isArray(manifest.permissions)) {
    const unknown = manifest.permissions.filter((entry) => !PERMISSIONS.includes(entry))
    need(unknown.length === 0, `"permissions" may hold ${PERMISSIONS.join(', ')} only`)
  }
  need(
    sdkFits(manifest.sdk, sdkVersion),
    `"sdk" must be a range that holds ${sdkVersion}, like "^${sdkVersion}"`
  )
  return problems
}

function sdkFits(range: unknown, version: string): boolean {
  const wanted = typeof range === 'string' ? RANGE.exec(range) : null
  if (wanted === null) return false
  const [, major, minor, patch] = wanted.map(Number)
  const [hasMajor, hasMinor, hasPatch] = version.split('.').map(Number)
  if (major !== hasMajor) return false
  return minor === hasMinor ? Number(patch) <= Number(hasPatch) : Number(minor) < Number(hasMinor)
}
