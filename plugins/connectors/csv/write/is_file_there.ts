import { stat } from 'node:fs/promises'
import type { Context } from '#sdk'
import { codeOf } from './code_of.js'

/** Whether there is a file to read; one that is empty counts as none. */
export async function isFileThere(ctx: Context, name: string): Promise<boolean> {
  const found = await stat(await ctx.filePath(name, 'write')).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })
  return found !== null && found.size > 0
}
