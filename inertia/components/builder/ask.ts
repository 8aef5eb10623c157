export type Reply<Answer> = ({ ok: true } & Answer) | { ok: false; message: string }

const LOST = 'The server does not answer. What you typed is still here; try again.'

/** Asks the server something while the page stays as it is. */
export async function ask<Answer>(
  method: 'POST' | 'PUT',
  url: string,
  body: object = {}
): Promise<Reply<Answer>> {
  try {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      headers: {
        'accept': 'application/json',
        'content-type': 'application/json',
        'x-xsrf-token': tokenOf(document.cookie),
      },
      body: JSON.stringify(body),
    })
    const reply: unknown = await response.json()
    if (response.ok) return reply as Reply<Answer>
    return { ok: false, message: String(Reflect.get(Object(reply), 'message') ?? LOST) }
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) {
      return { ok: false, message: LOST }
    }
    throw error
  }
}

function tokenOf(cookies: string): string {
  return decodeURIComponent(/(?:^|; )XSRF-TOKEN=([^;]*)/.exec(cookies)?.[1] ?? '')
}
