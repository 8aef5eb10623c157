const CENTRES = ['com', 'eu', 'in', 'com.au', 'jp', 'com.cn', 'sa', 'uk', 'ae']
const PAGES = ['crm', 'crmplus', 'crmsandbox', 'one']

/**
 * Where Zoho shows its own pages, and where it serves the widgets of its customers from, as
 * sources of a content security policy. Canada has a domain of its own.
 */
export const zohoHosts = [
  ...CENTRES.flatMap((centre) => PAGES.map((page) => `https://${page}.zoho.${centre}`)),
  ...PAGES.map((page) => `https://${page}.zohocloud.ca`),
  ...[...CENTRES, 'ca'].map((centre) => `https://*.zappsusercontent.${centre}`),
]
