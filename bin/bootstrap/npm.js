import { captureProgram, plainLines } from './run_program.js'
import { SetupFault } from './setup_fault.js'

/** Runs npm silently, the one that called us where there is one. */
export async function npm(args, options) {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return captureProgram(process.execPath, [script, ...args], options)
  try {
    return await captureProgram(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    throw new SetupFault(
      'There is no npm on the PATH to install the packages with: install npm (it comes with Node from nodejs.org) and run this again.'
    )
  }
}

/** What a failed npm gives as its reasons, most telling first. */
export function whatNpmSaid(output) {
  const lines = plainLines(output).filter((line) => !line.includes('complete log of this run'))
  const errors = lines.filter((line) => /^npm (error|ERR!)/.test(line)).slice(0, 6)
  return errors.length > 0 ? errors : lines.slice(-6)
}
