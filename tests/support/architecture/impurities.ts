import ts from 'typescript'
import { parseSource, walk } from '#tests/support/architecture/parse_source'
import type { SourceFile } from '#tests/support/architecture/source_file'

const forbiddenNames = new Set([
  'process',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
  'performance',
  'crypto',
  'globalThis',
  'console',
])
const forbiddenMembers = new Set([
  'Date.now',
  'Math.random',
  'DateTime.now',
  'DateTime.local',
  'Temporal.Now',
])

/** Where a file of the engine reaches for a clock, for chance or for the world by itself. */
export function impurities(file: SourceFile): string[] {
  const tree = parseSource(file)
  const found: string[] = []
  walk(tree, (node) => {
    const what = impurityOf(node)
    if (!what) return
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree))
    found.push(`${file.path}:${line + 1} uses ${what}`)
  })
  return found
}

function impurityOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const member = `${node.expression.getText()}.${node.name.text}`
    return forbiddenMembers.has(member) ? member : undefined
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') {
    return node.arguments?.length ? undefined : 'new Date()'
  }
  return ts.isIdentifier(node) && forbiddenNames.has(node.text) && isUsed(node)
    ? node.text
    : undefined
}

// A member or a field may bear such a name; only the global itself reaches out.
function isUsed(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  return ts.isCallExpression(parent) || ts.isShorthandPropertyAssignment(parent)
}
