import { zohoHosts } from '#config/zoho_hosts'

/** Whether a page of Zoho's, or one that Zoho serves for its customers, asks. */
export function isZohoOrigin(origin: string): boolean {
  return zohoHosts.some((host) => {
    const [head = '', tail] = host.split('*')
    if (tail === undefined) return origin === host
    const label = origin.slice(head.length, -tail.length)
    return origin === `${head}${label}${tail}` && /^[a-z0-9-]+$/i.test(label)
  })
}
