import type { Reply } from '../server/call.js'
import type { ConsentRequest } from './consent_request.js'
import { escapeHtml, htmlPage } from './html_page.js'
import type { SimulatedPerson } from './simulated_person.js'

function hidden(form: URLSearchParams) {
  return [...form]
    .filter(([name]) => name !== 'person' && name !== 'decision')
    .map(([name, value]) => {
      return `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`
    })
    .join('\n')
}

function choose(people: readonly SimulatedPerson[]) {
  const choices = people.map(({ name, email, org }, position) => {
    const checked = position === 0 ? ' checked' : ''
    const input = `<input type="radio" name="person" value="${escapeHtml(email)}"${checked} required>`
    return `<label>${input} ${escapeHtml(`${name} (${email}), ${org}`)}</label>`
  })
  return `<fieldset>\n<legend>Sign in as</legend>\n${choices.join('\n')}\n</fieldset>`
}

/** Who asks, for what, and as whom one answers. */
export function consentPage(
  people: readonly SimulatedPerson[],
  { client, scopes, isOffline, redirectUri }: ConsentRequest,
  form: URLSearchParams
): Reply {
  const asked = scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join('\n')
  const offline = isOffline ? '<p>It may do so while you are away.</p>' : ''
  const content = `<h1>${escapeHtml(client.clientId)} would like to access your Zoho CRM</h1>
<p class="note">This is the simulator: no real org is touched.</p>
<form method="post" action="/oauth/v2/auth">
${hidden(form)}
${choose(people)}
<p id="asked">It asks for:</p>
<ul aria-labelledby="asked">
${asked}
</ul>
${offline}
<p class="note">The answer goes to ${escapeHtml(redirectUri)}</p>
<button class="yes" type="submit" name="decision" value="accept">Accept</button>
<button type="submit" name="decision" value="deny">Deny</button>
</form>`
  return htmlPage('Allow access: simulated Zoho Accounts', content)
}
