import ts from 'typescript'
import type { SourceFile } from '#tests/support/architecture/source_file'

/** The syntax tree of a file; of a Vue file its scripts, on the lines where they stand. */
export function parseSource({ path, text }: SourceFile): ts.SourceFile {
  const code = path.endsWith('.vue') ? scriptsOf(text) : text
  return ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true)
}

function scriptsOf(text: string): string {
  const parts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
  let code = ''
  for (const part of parts) {
    const start = part.index + part[0].indexOf('>') + 1
    code += text.slice(code.length, start).replace(/[^\n]/g, ' ') + part[1]
  }
  return code
}

/** Calls `visit` for each node of a tree. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}
