/** Where an org lives: its sign-in, API and upload addresses. */
export type DataCentre = { accountsUrl: string; apiUrl: string; uploadUrl: string }

function zoho(domain: string): DataCentre {
  return {
    accountsUrl: `https://accounts.zoho.${domain}`,
    apiUrl: `https://www.zohoapis.${domain}`,
    uploadUrl: `https://content.zohoapis.${domain}`,
  }
}

// Canada and Saudi Arabia upload to hosts outside the pattern; the upload hosts of uk and ae
// are not published and follow it by assumption.
export const dataCentres: { [choice: string]: DataCentre } = {
  us: zoho('com'),
  eu: zoho('eu'),
  in: zoho('in'),
  au: zoho('com.au'),
  jp: zoho('jp'),
  cn: zoho('com.cn'),
  ca: {
    accountsUrl: 'https://accounts.zohocloud.ca',
    apiUrl: 'https://www.zohoapis.ca',
    uploadUrl: 'https://upload.zohocloud.ca',
  },
  sa: { ...zoho('sa'), uploadUrl: 'https://files.zoho.sa' },
  uk: zoho('uk'),
  ae: zoho('ae'),
}
