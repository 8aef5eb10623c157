import type { RecordValues } from '#sdk'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import type { openOrg } from './open_org.js'
import { newDeals, otherUser } from './read_kit.js'
import { signIn } from './sign_in.js'

type Org = Awaited<ReturnType<typeof openOrg>>

/** Deals of which every third has notes: as many as its place. */
export async function withNotes({ sim }: Org, count: number) {
  const other = await otherUser(sim)
  const deals = await other.insert(newDeals(count))
  const notes = deals.flatMap((id, at) =>
    Array.from({ length: at % 3 === 0 ? at : 0 }, (_, note) => ({
      Note_Title: `${at}.${note}`,
      Note_Content: `Seen ${note}`,
      Parent_Id: { id, module: { api_name: 'Deals' } },
    }))
  )
  await other.insert(notes, 'Notes')
  return { other, deals, titles: notes.map(({ Note_Title: title }) => title) }
}

export async function upload(sim: ZohoSimulator, deal: string, body: FormData) {
  const authorization = `Zoho-oauthtoken ${await signIn(sim)}`
  const url = `${sim.url}/crm/v8/Deals/${deal}/Attachments`
  const reply = await fetch(url, { method: 'POST', headers: { authorization }, body })
  if (!reply.ok) throw new Error(await reply.text())
}

export function fileOf(name: string, content: string | Uint8Array<ArrayBuffer>) {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  return form
}

export const titlesIn = (records: RecordValues[]) => records.map(({ Note_Title: title }) => title)
