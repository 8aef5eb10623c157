import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { enableCompileCache, registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { threadId } from 'node:worker_threads'
import { settings, translateTypescript } from './translate_typescript.js'

/**
 * Stands in for @poppinss/ts-exec in tests, with its settings, and keeps what swc made of a file:
 * the tests start hundreds of threads and servers, which would each translate the same files.
 */
const root = new URL('../../', import.meta.url)
const { imports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
const cache = fileURLToPath(new URL('tmp/typescript/', root))

const digest = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

const isOurs = (url) => url.startsWith(root.href) && !url.includes('/node_modules/')

/** The file that `specifier` means where it is TypeScript of ours; ours are imported as .js. */
function typescriptAt(specifier, parent) {
  const target = specifier.startsWith('#') ? aliased(specifier) : relative(specifier, parent)
  if (!target?.pathname.endsWith('.js')) return undefined
  target.pathname = `${target.pathname.slice(0, -3)}.ts`
  return existsSync(target) ? target.href : undefined
}

function aliased(specifier) {
  if (imports[specifier]) return new URL(imports[specifier], root)
  const [folder] = specifier.split('/', 1)
  const pattern = imports[`${folder}/*`]
  return pattern && new URL(pattern.replace('*', specifier.slice(folder.length + 1)), root)
}

function relative(specifier, parent) {
  if (!/^(\.{1,2}\/|file:)/.test(specifier)) return undefined
  const target = new URL(specifier, parent)
  return isOurs(target.href) ? target : undefined
}

function translated(url) {
  const path = fileURLToPath(url)
  const source = readFileSync(path, 'utf8')
  const mark = `// ${digest(source, JSON.stringify(settings))}\n`
  const kept = join(cache, `${digest(path)}.js`)
  const known = existsSync(kept) ? readFileSync(kept, 'utf8') : ''
  if (known.startsWith(mark)) return known.slice(mark.length)
  const text = `${translateTypescript(source, path)}\n//# sourceURL=${url}`
  const fresh = `${kept}.${process.pid}.${threadId}`
  writeFileSync(fresh, mark + text)
  renameSync(fresh, kept)
  return text
}

mkdirSync(cache, { recursive: true })
enableCompileCache(fileURLToPath(new URL('tmp/compile_cache/', root)))
process.setSourceMapsEnabled(true)
registerHooks({
  resolve(specifier, context, next) {
    // Whoever starts a thread or a program with the loader means this one.
    if (specifier === '@poppinss/ts-exec') return { url: import.meta.url, shortCircuit: true }
    const url = typescriptAt(specifier, context.parentURL)
    return url ? { url, format: 'module', shortCircuit: true } : next(specifier, context)
  },
  load(url, context, next) {
    const isTypescript = isOurs(url) && new URL(url).pathname.endsWith('.ts')
    return isTypescript
      ? { format: 'module', source: translated(url), shortCircuit: true }
      : next(url, context)
  },
})
