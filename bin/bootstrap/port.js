import { createServer } from 'node:net'
import { readSettings } from './env_file.js'
import { inRoot } from './paths.js'
import { SetupFault } from './setup_fault.js'

/** Says so before the server boots when its port is taken. */
export async function checkPort() {
  const { HOST: host = '127.0.0.1', PORT: port = '3333' } = readSettings(inRoot('.env'))
  const fault = await tryToListen(host, Number(port))
  if (fault === 'EADDRINUSE') {
    throw new SetupFault(
      `Port ${port} on ${host} is in use by another program: stop it, or set another PORT in .env.`
    )
  }
  if (fault === 'EACCES') {
    throw new SetupFault(
      `This user may not open port ${port} on ${host}: set a PORT above 1023 in .env.`
    )
  }
  if (fault === 'EADDRNOTAVAIL' || fault === 'ENOTFOUND') {
    throw new SetupFault(`${host} is no address of this machine: mend HOST in .env.`)
  }
}

function tryToListen(host, port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(error.code))
    server.listen({ host, port }, () => server.close(() => resolve(undefined)))
  })
}
