export type Reply<Answer> =
  ({ ok: true } & Answer) | { ok: false; message: string; isFinal: boolean }

const LOST = 'The server does not answer. What you typed is still here; try again.'
const SIGNED_OUT = 'You are signed out. Sign in in another tab; what you typed is still here.'
/** Too slow, an old page, too often: the same question may be answered later. */
const PASSING = [408, 419, 429]

/** Asks the server something while the page stays as it is. */
export async function ask<Answer>(
  method: 'POST' | 'PUT',
  url: string,
  body: object = {}
): Promise<Reply<Answer>> {
  let isFinal = false
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        'accept': 'application/json',
        'content-type': 'application/json',
        'x-xsrf-token': tokenOf(document.cookie),
      },
      body: JSON.stringify(body),
    })
    if (response.type === 'opaqueredirect') return { ok: false, message: SIGNED_OUT, isFinal }
    isFinal = Math.trunc(response.status / 100) === 4 && !PASSING.includes(response.status)
    const reply = Object(await response.json())
    if (response.ok && Reflect.get(reply, 'ok') === true) return reply
    const message = String(Reflect.get(reply, 'message') ?? LOST)
    return { ok: false, message, isFinal: isFinal || response.ok }
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) {
      return { ok: false, message: LOST, isFinal }
    }
    throw error
  }
}

function tokenOf(cookies: string): string {
  return decodeURIComponent(/(?:^|; )XSRF-TOKEN=([^;]*)/.exec(cookies)?.[1] ?? '')
}
