import { dirname, join } from 'node:path/posix'
import ts from 'typescript'
import { parseSource, walk } from '#tests/support/architecture/parse_source'
import type { SourceFile } from '#tests/support/architecture/source_file'

/** What stands between the quotes of each import of a file, type imports included. */
export function specifiersOf(file: SourceFile): string[] {
  const found: string[] = []
  walk(parseSource(file), (node) => {
    const specifier = specifierOf(node)
    if (specifier && ts.isStringLiteralLike(specifier)) found.push(specifier.text)
  })
  return found
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal
  if (ts.isExternalModuleReference(node)) return node.expression
  const isDynamic =
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  return isDynamic ? node.arguments[0] : undefined
}

const roots: Record<string, string> = {
  sdk: 'app/sdk/index',
  engine: 'app/engine',
  workers: 'app/workers',
  domain: 'app/domain',
  http: 'app/http',
  commands: 'app/commands',
  simulators: 'app/simulators',
  config: 'config',
  database: 'database',
  start: 'start',
  tests: 'tests',
}

/**
 * The path of ours that an import means, without its ending; nothing for a package, a part of
 * Node, or what is generated.
 */
export function ownTarget(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return withoutEnding(join(dirname(from), specifier))
  if (specifier.startsWith('~/')) return withoutEnding(join('inertia', specifier.slice(2)))
  const [, root = '', rest = ''] = /^#([a-z]+)(\/.*)?$/.exec(specifier) ?? []
  return roots[root] && withoutEnding(roots[root] + rest)
}

export function withoutEnding(path: string): string {
  return path.replace(/\.(ts|js|vue)$/, '')
}
