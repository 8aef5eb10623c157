import { ownTarget, specifiersOf, withoutEnding } from '#tests/support/architecture/imports_of'
import type { SourceFile } from '#tests/support/architecture/source_file'

/** Each circle of imports, as the files from the first back to itself. */
export function findCircles(files: SourceFile[]): string[][] {
  const arrows = arrowsOf(files)
  const circles: string[][] = []
  const done = new Set<string>()
  const trail: string[] = []
  const follow = (path: string) => {
    const seen = trail.indexOf(path)
    if (seen !== -1) circles.push([...trail.slice(seen), path])
    if (seen !== -1 || done.has(path)) return
    trail.push(path)
    for (const next of arrows.get(path) ?? []) follow(next)
    trail.pop()
    done.add(path)
  }
  for (const path of arrows.keys()) follow(path)
  return circles
}

function arrowsOf(files: SourceFile[]): Map<string, string[]> {
  const paths = new Set(files.map(({ path }) => withoutEnding(path)))
  return new Map(
    files.map((file) => {
      const targets = specifiersOf(file)
        .map((specifier) => ownTarget(file.path, specifier))
        .filter((target) => target !== undefined && paths.has(target))
      return [withoutEnding(file.path), targets as string[]]
    })
  )
}
