import { ownTarget, specifiersOf } from '#tests/support/architecture/imports_of'
import type { SourceFile } from '#tests/support/architecture/source_file'

/** A floor and the floors it may import besides itself: arrows point down. */
const below: Record<string, string[]> = {
  start: ['http', 'commands', 'domain', 'workers', 'engine', 'sdk', 'config'],
  http: ['domain', 'workers', 'engine', 'sdk', 'config'],
  commands: ['domain', 'workers', 'engine', 'sdk', 'config', 'simulators'],
  domain: ['workers', 'engine', 'sdk', 'config'],
  workers: ['engine', 'sdk'],
  engine: ['sdk'],
  sdk: [],
  simulators: [],
  plugins: ['sdk'],
  inertia: [],
  config: ['start', 'domain'],
}

/** Inside the domain: a child imports its parents, never the other way. */
const domainRank: Record<string, number> = {
  audit: 0,
  tenants: 1,
  limits: 1,
  marketplace: 2,
  connections: 2,
  services: 3,
  runs: 4,
  deliveries: 5,
  selections: 5,
  views: 5,
  alerts: 5,
}

/** The one file by which the pages know what the server sends them: types, no code. */
const pageTypes = 'inertia/types.ts'

const frameworkFree = ['workers', 'engine', 'sdk', 'plugins', 'simulators']
const framework = /^(@adonisjs\/|@poppinss\/|#start|#config|#generated)/

/** The imports that go up, sideways or out of the house, as sentences. */
export function floorFaults(files: SourceFile[]): string[] {
  return files.flatMap((file) =>
    specifiersOf(file).flatMap((specifier) => faultOf(file, specifier) ?? [])
  )
}

function faultOf({ path, text }: SourceFile, specifier: string): string | undefined {
  const floor = floorOf(path)
  if (!floor) return undefined
  if (frameworkFree.includes(floor) && framework.test(specifier)) {
    return `${path} imports ${specifier}: ${floor} knows no framework`
  }
  const target = ownTarget(path, specifier)
  if (target === undefined) return packageFault(path, floor, specifier)
  if (target.startsWith('.adonisjs/')) return undefined
  const to = floorOf(target)
  if (path === pageTypes && to === 'http' && isTypeOnly(text, specifier)) return undefined
  if (to !== floor) return to && below[floor].includes(to) ? undefined : upward(path, target)
  if (floor === 'plugins' && pluginOf(path) !== pluginOf(target)) return upward(path, target)
  return floor === 'domain' ? domainFault(path, target) : undefined
}

function isTypeOnly(text: string, specifier: string): boolean {
  const statements = text.match(/^(import|export)\b[^'"]*['"][^'"]+['"]/gm) ?? []
  return statements
    .filter((statement) => statement.slice(0, -1).endsWith(specifier))
    .every((statement) => /^(import|export) type\b/.test(statement))
}

function upward(path: string, target: string): string {
  return `${path} may not import ${target}`
}

function packageFault(path: string, floor: string, specifier: string): string | undefined {
  // The contract names Node's streams and buffers as types; it brings no code.
  if (floor === 'sdk' && specifier !== 'node:stream')
    return `${path} imports ${specifier}: the sdk imports nothing`
  if (floor === 'engine' && specifier.startsWith('node:')) {
    return `${path} imports ${specifier}: the engine is pure`
  }
  return undefined
}

function domainFault(path: string, target: string): string | undefined {
  const from = path.split('/')[2]
  const to = target.split('/')[2]
  const isPlain = domainRank[to] === undefined
  if (from === to || (isPlain && target.split('/').length === 3)) return undefined
  if (isPlain) return `${target} is in no known folder of the domain`
  const rank = domainRank[from] ?? -1
  return rank > domainRank[to] ? undefined : `${path} may not import its child ${target}`
}

function floorOf(path: string): string | undefined {
  const [top, second] = path.split('/')
  const floor = top === 'app' ? second : top
  return floor in below ? floor : undefined
}

function pluginOf(path: string): string {
  return path.split('/').slice(0, 3).join('/')
}
