import { globSync, readFileSync } from 'node:fs'

/** A file of ours as the architecture tests read it. */
export interface SourceFile {
  /** From the project's root, with forward slashes. */
  path: string
  text: string
}

const folders = 'app,bin,config,database,inertia,plugins,start,tests'

/** Every source file of the project that a person writes. */
export function readSources(): SourceFile[] {
  return globSync([`{${folders}}/**/*.{ts,js,vue}`, 'ace.js', 'adonisrc.ts', 'vite.config.ts'])
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path !== 'database/schema.ts' && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}
