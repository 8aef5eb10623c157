import ts from 'typescript'
import { parseSource, walk } from '#tests/support/architecture/parse_source'
import type { SourceFile } from '#tests/support/architecture/source_file'

const longestFile = 250
const longestFunction = 60

/** The files and functions that are too long, closures included. */
export function sizeFaults(file: SourceFile): string[] {
  const lines = file.text.trimEnd().split('\n').length
  const faults = longFunctions(file)
  if (lines > longestFile) faults.unshift(`${file.path} has ${lines} lines, at most ${longestFile}`)
  return faults
}

function longFunctions(file: SourceFile): string[] {
  const tree = parseSource(file)
  const faults: string[] = []
  const lineAt = (position: number) => tree.getLineAndCharacterOfPosition(position).line
  walk(tree, (node) => {
    if (!ts.isFunctionLike(node) || isTestGroup(node)) return
    const first = lineAt(node.getStart(tree))
    const length = lineAt(node.getEnd()) - first + 1
    if (length <= longestFunction) return
    faults.push(
      `${file.path}:${first + 1} holds a function of ${length} lines, at most ${longestFunction}`
    )
  })
  return faults
}

// A group is a list of tests, and each of those is counted.
function isTestGroup({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && parent.expression.getText() === 'test.group'
}
