import type { Reply } from '../server/call.js'

const marks: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (mark) => marks[mark])

const style = `
  body { font: 1rem/1.5 system-ui, sans-serif; background: #f4f5f7; color: #1b1f24; margin: 0 }
  main { max-width: 34rem; margin: 3rem auto; padding: 2rem; background: #fff; border-radius: .5rem; overflow-wrap: anywhere }
  h1 { font-size: 1.4rem; margin-top: 0 }
  fieldset { border: 1px solid #8a929c; border-radius: .375rem; margin: 1rem 0 }
  label { display: block; padding: .25rem 0 }
  button { font: inherit; padding: .5rem 1.25rem; border: 1px solid #1b1f24; border-radius: .375rem }
  .yes { background: #0b5cad; border-color: #0b5cad; color: #fff }
  .note { color: #505862 }
`

export function htmlPage(title: string, content: string, status = 200): Reply {
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`
  return {
    status,
    bytes: Buffer.from(page),
    headers: { 'Content-Type': 'text/html;charset=UTF-8', 'Cache-Control': 'no-store' },
  }
}
