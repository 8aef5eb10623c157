const OWN_MACHINE = /^(localhost|127(\.\d+){3}|\[::1\])$/
const OWN_NETWORK = /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\./

/** Whether vendors can reach the address at all, as far as it can be seen from here. */
export async function judgePublicUrl(url: string | null): Promise<string> {
  if (url === null) return 'not set: vendors cannot tell of changes, so these are looked for'
  const { protocol, hostname } = new URL(url)
  if (OWN_MACHINE.test(hostname)) return `${url} is this machine: fit for a simulator alone`
  if (OWN_NETWORK.test(hostname)) {
    throw new Error(`${url} is in a private network, where no vendor reaches it: mend PUBLIC_URL`)
  }
  if (protocol === 'https:') return url
  throw new Error(`${url} is not https, and Zoho tells nothing there: mend PUBLIC_URL in .env`)
}
