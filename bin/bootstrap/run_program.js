import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter } from 'node:path'
import { inRoot, root } from './paths.js'

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** The environment of every program we start: our Node first on PATH, no second set-up inside. */
export function environmentOf(extra = {}) {
  const path = [inRoot('node_modules', '.bin'), process.env.PATH].filter(Boolean).join(delimiter)
  return { ...process.env, PATH: path, CROSSDOCK_BOOTSTRAP: '1', ...extra }
}

/** Runs a program in the foreground, passes signals on, and answers with its exit code. */
export function runProgram(command, args, { env } = {}) {
  const child = spawn(command, args, { cwd: root, env: environmentOf(env), stdio: 'inherit' })
  const forwards = passedOn.map((signal) => [signal, () => void passOn(child, signal)])
  for (const [signal, forward] of forwards) process.on(signal, forward)
  const watch = endWithNpm(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const [name, forward] of forwards) process.off(name, forward)
      clearInterval(watch)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}

// A terminal sends Ctrl-C to the whole group: the child has it already, and a second one
// would cut its orderly end short.
function passOn(child, signal) {
  if (signal === 'SIGINT' && process.stdin.isTTY) return
  child.kill(signal)
}

// npm ends on SIGTERM together with the shell between it and us, and neither tells us.
function endWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return undefined
  const parent = process.ppid
  return setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 500).unref()
}

/** Runs a program silently; answers with its exit code and all it said. */
export function captureProgram(command, args, { env, timeout } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: environmentOf(env),
    timeout,
    killSignal: 'SIGKILL',
  })
  let output = ''
  const take = (text) => {
    output += text
  }
  child.stdin.end()
  child.stdout.setEncoding('utf8').on('data', take)
  child.stderr.setEncoding('utf8').on('data', take)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    const end = (code, signal) => resolve({ code: code ?? 128 + constants.signals[signal], output })
    child.once('close', end)
    // What a killed program had started may hold its output open for ever.
    child.once('exit', (code, signal) => signal && end(code, signal))
  })
}

/** Stacks, the code around an error, Node's warnings about itself, and the server's own log. */
const forDevelopers = [
  /^\s+(⁃ )?at /,
  /^\s*(❯\s*)?\d+ ┃/,
  /^\(node:\d+\)/,
  /^\(Use `node --/,
  /^\{"level"/,
]

/** The lines a person can use: no colours, and no empty ones. */
export function plainLines(output) {
  return output
    .replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '' && !forDevelopers.some((form) => form.test(line)))
}
