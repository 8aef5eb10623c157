import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'

const lockfile = (version: string) =>
  JSON.stringify({ packages: { '': {}, 'node_modules/thing': { version } } })

// Does what the true one does as far as the bootstrap can see, and counts how often.
const fakeNpm = `#!/bin/sh
echo "$*" >> npm_calls
if [ -n "$FAKE_NPM_FAILS" ]; then echo "npm error code E404" >&2; exit 1; fi
mkdir -p node_modules/.bin node_modules/@poppinss/ts-exec
ln -sf "$REAL_NODE" node_modules/.bin/node
echo '{"name":"@poppinss/ts-exec","main":"index.js"}' > node_modules/@poppinss/ts-exec/package.json
echo '' > node_modules/@poppinss/ts-exec/index.js
cp package-lock.json node_modules/.package-lock.json
`

const fakeAce = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
const args = process.argv.slice(2)
appendFileSync('ace_calls', args.join(' ') + '\\n')
if (args[0] === 'migration:run') {
  if (process.env.FAKE_MIGRATION_FAILS) {
    console.error('(node:1) [DEP0205] DeprecationWarning: module.register() is deprecated.')
    console.error('{"level":40,"msg":"Acquire connection error"}')
    console.error('The database is newer than the code.\\n    at Object.<anonymous> (x.js:1:1)')
    console.error(' ⁃ at async <anonymous> (start/env.ts:3:16)')
    for (let line = 1; line < 12; line++) console.error((line === 3 ? ' ❯  ' : '    ') + line + ' ┃ code')
    process.exit(1)
  }
  mkdirSync('data', { recursive: true })
  writeFileSync('data/crossdock.sqlite', '')
} else {
  console.log(JSON.stringify({ args }))
}
process.exitCode = Number(process.env.FAKE_EXIT ?? 0)
`

export interface SandboxRun {
  code: number | null
  stdout: string
  stderr: string
}

/** A project folder with our bootstrap and stand-ins for npm and the server. */
export class BootstrapSandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'crossdock-bootstrap-'))

  constructor() {
    cpSync('bin/bootstrap', this.path('bin/bootstrap'), { recursive: true })
    cpSync('bin/bootstrap.js', this.path('bin/bootstrap.js'))
    this.write('package.json', '{"type":"module"}')
    this.write('.env.example', 'PORT=0\nHOST=127.0.0.1\nAPP_KEY=\nMASTER_KEY=\n')
    this.write('ace.js', fakeAce)
    this.write('database/migrations/1.ts', 'export {}')
    this.write('bin/server.ts', "console.log('serving'); setInterval(() => {}, 1000)")
    this.write('tests/support/cached_typescript.js', '')
    this.program('npm', fakeNpm)
    this.lock('1.0.0')
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, content: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), content)
  }

  /** A program on the PATH. */
  program(name: string, script = '#!/bin/sh\nexit 1\n'): void {
    this.write(`programs/${name}`, script)
    chmodSync(this.path(`programs/${name}`), 0o755)
  }

  lines(name: string): string[] {
    const path = this.path(name)
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
  }

  lock(version: string): void {
    this.write('package-lock.json', lockfile(version))
  }

  start(args: string[], env: Record<string, string> = {}): ChildProcess {
    return this.spawn(process.execPath, ['bin/bootstrap.js', ...args], env)
  }

  /** Runs a line of shell, as npm runs a script. */
  shell(line: string, env: Record<string, string> = {}): ChildProcess {
    return this.spawn('/bin/sh', ['-c', line], env)
  }

  private spawn(command: string, args: string[], env: Record<string, string>): ChildProcess {
    const path = [this.path('programs'), '/usr/bin', '/bin'].join(':')
    return spawn(command, args, {
      cwd: this.folder,
      env: { PATH: path, REAL_NODE: process.execPath, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  async run(args: string[], env: Record<string, string> = {}): Promise<SandboxRun> {
    const child = this.start(args, env)
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      once(child, 'exit'),
    ])
    return { code: code as number | null, stdout, stderr }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
