import { spawn } from 'node:child_process'
import { once } from 'node:events'
import app from '@adonisjs/core/services/app'
import crossdock from '#config/crossdock'

const LOADER = import.meta.resolve('@poppinss/ts-exec')

export interface Said {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs a file of ours as a person would, on this test's database. */
export async function runFile(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv = {}
): Promise<Said> {
  const child = spawn(
    process.execPath,
    [`--import=${LOADER}`, '--no-warnings', app.makePath(file), ...args],
    {
      cwd: app.makePath(),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        EGRESS_ALLOW: crossdock.egressAllow.join(','),
        RUNNERS: '1',
        ...env,
      },
    }
  )
  const said: Said = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  await once(child, 'close')
  said.code = child.exitCode
  return said
}

/** An ace command of ours. */
export const runCommand = (...args: string[]): Promise<Said> => runFile('ace.js', args)
