import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

const typescript = [
  '--disable-warning=DEP0205',
  '--disable-warning=Warning',
  '--import=@poppinss/ts-exec',
]

export type Environment = Record<string, string | undefined>

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs a TypeScript file or `ace.js` of ours to its end. */
export async function runOurs(file: string, args: string[], env: Environment): Promise<Ended> {
  const child = spawn(process.execPath, [...typescript, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code: code as number | null, stdout, stderr }
}

/** Starts a TypeScript file of ours that runs until it is stopped. */
export function startOurs(
  file: string,
  env: Environment,
  before: string[] = [],
  args: string[] = []
): ChildProcess {
  return spawn(process.execPath, [...typescript, ...before, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The first line that a started program prints. */
export async function firstLine(child: ChildProcess): Promise<string> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${child.spawnfile} ended with ${code} before it said a word`)
  })
  const [line] = (await Promise.race([once(child.stdout!, 'data'), ended])) as [Buffer]
  return line.toString().split('\n')[0]
}

/** The first JSON object that a started program prints. */
export async function firstJson<T>(child: ChildProcess): Promise<T> {
  let said = ''
  for await (const part of child.stdout!.iterator({ destroyOnReturn: false })) {
    said += String(part)
    if (said.trimEnd().endsWith('}')) return JSON.parse(said.slice(said.indexOf('{'))) as T
  }
  throw new Error(`${child.spawnfile} ended before it printed JSON: ${said}`)
}

export async function stopOurs(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
