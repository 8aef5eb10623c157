import { basename } from 'node:path/posix'
import type { SourceFile } from '#tests/support/architecture/source_file'

const vagueEnding = /^(service|manager|helper|util|utils|handler|processor|data|info)$/
const vagueClass = /\bclass \w+(Service|Manager|Helper|Utils?|Handler|Processor|Data|Info)\b/
// The name that Adonis gives its exception handler.
const allowed = new Set(['app/http/exceptions/handler'])
// Service is a noun of the domain: a file is named for what is done with one.
const nounsOwn =
  /^app\/(sdk\/service|domain\/services\/service|\w+\/\w+\/(apply|find|prepare|preview|save|start)_service)$/

const promises = new RegExp(
  [
    '@ts-' + '(ignore|nocheck|expect-error)',
    'eslint-' + 'disable',
    '\\bTO' + 'DO\\b',
    '\\bFIX' + 'ME\\b',
  ].join('|')
)
const escapes = new RegExp('\\bas ' + 'any\\b')
const isProse = (line: string) => /^\s*(\*|\/[/*])/.test(line)

/** Names that say nothing, and ways round the compiler and the linter. */
export function escapeFaults({ path, text }: SourceFile): string[] {
  const lines = text.split('\n')
  const faults = lines.flatMap((line, index) => {
    const found = isProse(line) ? promises.exec(line) : (escapes.exec(line) ?? promises.exec(line))
    return found ? [`${path}:${index + 1} has "${found[0]}"`] : []
  })
  const name = path.replace(/(\.spec)?\.(ts|js|vue)$/, '')
  const word = basename(name).toLowerCase().replace(/^.*_/, '')
  const isVague = vagueEnding.test(word) || vagueClass.test(text)
  if (isVague && !allowed.has(name) && !nounsOwn.test(name))
    faults.push(`${path} has a name that says nothing`)
  if (basename(name) === 'index' && path.startsWith('app/') && path !== 'app/sdk/index.ts') {
    faults.push(`${path} is a barrel`)
  }
  return faults
}
