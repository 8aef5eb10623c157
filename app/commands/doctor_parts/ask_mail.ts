import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectByTls } from 'node:tls'
import { reason } from '#commands/doctor_parts/reason'

const PATIENCE = 3_000

/** Whether a mail server greets; nobody signs in and nothing is sent. */
export async function askMail(server: { host: string; port: number; from: string }) {
  const { host, port, from } = server
  if (host === '') return 'not set: alerts go by webhook and page alone'
  if (from === '') throw new Error('MAIL_FROM is not set: say in .env in whose name mail is sent')
  const socket = port === 465 ? connectByTls(port, host, { servername: host }) : connect(port, host)
  const late = setTimeout(() => socket.destroy(new Error('no greeting in time')), PATIENCE)
  try {
    const [greeting]: Buffer[] = await once(socket, 'data')
    const said = String(greeting).split('\r\n', 1)[0] ?? ''
    if (!said.startsWith('220')) throw new Error(`it says "${said.slice(0, 80)}"`)
    return `${host}:${port} greets`
  } catch (error) {
    throw new Error(
      `${host}:${port} does not greet (${reason(error)}): mend SMTP_HOST and SMTP_PORT in .env`
    )
  } finally {
    clearTimeout(late)
    socket.destroy()
  }
}
