import { test } from '@japa/runner'
import { openSimulator, statusOf, type SimulatorClient } from './open_simulator.js'

async function idOf(zoho: SimulatorClient, module: string, record: Record<string, unknown>) {
  const { rows } = await zoho.post(`/crm/v8/${module}`, { data: [record] })
  return String(rows[0].details.id)
}

const account = (zoho: SimulatorClient) => idOf(zoho, 'Accounts', { Account_Name: 'Ada' })

function upload(zoho: SimulatorClient, path: string, parts: Record<string, string | Blob>) {
  const body = new FormData()
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'string') body.append(name, value)
    else body.append(name, value, 'tea.txt')
  }
  return zoho.send('POST', path, { body })
}

async function bytesOf(zoho: SimulatorClient, path: string) {
  const headers = { authorization: `Zoho-oauthtoken ${zoho.token}` }
  const response = await fetch(zoho.url + path, { headers })
  return `${response.status} ${await response.text()}`
}

test.group('Zoho simulator: attachments and files', () => {
  test('an attachment is uploaded, listed, downloaded, deleted', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const path = `/crm/v8/Accounts/${await account(zoho)}/Attachments`
    assert.equal(await statusOf(zoho.get(`${path}?fields=File_Name`)), 204)
    const added = await upload(zoho, path, { file: new Blob(['two cups']) })
    assert.equal(added.status, 200)
    assert.equal(added.rows[0].message, 'attachment uploaded successfully')
    const list = await zoho.get(`${path}?fields=File_Name,Size,Parent_Id`)
    const [first] = list.rows
    const told = [
      first.File_Name,
      first.Size,
      first.Parent_Id.name,
      first.Parent_Id.module.api_name,
    ]
    assert.deepEqual(told.map(String), ['tea.txt', '8', 'Ada', 'Accounts'])
    assert.equal(await statusOf(zoho.get(path)), 400)
    assert.equal(await bytesOf(zoho, `${path}/${String(first.id)}`), '200 two cups')
    assert.equal(await bytesOf(zoho, `${path}/5254`), '204 ')
    assert.equal(await statusOf(zoho.delete(`${path}/${String(first.id)}`)), 200)
    assert.equal(await statusOf(zoho.delete(`${path}/${String(first.id)}`)), 400)
  })

  test('a linked file is not downloaded, a large one not taken', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const path = `/crm/v8/Accounts/${await account(zoho)}/Attachments`
    const link = { attachmentUrl: 'http://127.0.0.1/report.pdf' }
    const { rows } = await upload(zoho, path, link)
    const linked = await zoho.get(`${path}/${String(rows[0].details.id)}`)
    assert.deepEqual([linked.status, String(linked.body.code)], [400, 'DOWNLOAD_NOT_ALLOWED'])
    const both = await upload(zoho, path, { ...link, file: new Blob(['x']) })
    assert.equal(both.body.code, 'AMBIGUITY_DURING_PROCESSING')
    const none = await upload(zoho, path, { title: 'x' })
    assert.equal(none.body.code, 'REQUIRED_PARAM_MISSING')
    const large = new Blob([Buffer.alloc(20 * 1024 * 1024 + 1)])
    assert.equal(await statusOf(upload(zoho, path, { file: large })), 413)
  })

  test('a file field takes the ids of uploaded files', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { rows } = await upload(zoho, '/crm/v8/files', { file: new Blob(['report']) })
    const { id: file } = rows[0].details
    assert.equal(await bytesOf(zoho, `/crm/v8/files?id=${String(file)}`), '200 report')
    const visit = { Name: 'V', Visit_Code: '1', Visit_Report: [{ File_Id__s: file }] }
    const id = await idOf(zoho, 'Shop_Visits', visit)
    const path = `/crm/v8/Shop_Visits/${id}`
    const shown = await zoho.get(path)
    const [held] = shown.rows[0].Visit_Report as unknown as Record<string, string>[]
    assert.equal(held.File_Name__s, 'tea.txt')
    const bad = { ...visit, Visit_Code: '2', Visit_Report: [{ File_Id__s: 'x' }] }
    const refused = await zoho.post('/crm/v8/Shop_Visits', { data: [bad] })
    const where = '$.data[0].Visit_Report[0].File_Id__s'
    assert.equal(refused.rows[0].details.json_path, where)
    await zoho.put(path, { data: [{ Visit_Report: [{ id: held.id, _delete: null }] }] })
    const after = await zoho.get(path)
    assert.lengthOf(after.rows[0].Visit_Report as unknown as unknown[], 0)
  })
})

test.group('Zoho simulator: related records', () => {
  test('notes hang on a record of any module and go with it', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const id = await account(zoho)
    const parent = { id, module: { api_name: 'Accounts' } }
    const note = { Note_Title: 'Tea', Note_Content: 'Two cups', Parent_Id: parent }
    const added = await zoho.post('/crm/v8/Notes', { data: [note, { Note_Content: 'x' }] })
    assert.equal(added.status, 207)
    assert.equal(added.rows[1].details.json_path, '$.data[1].Parent_Id')
    const path = `/crm/v8/Notes/${String(added.rows[0].details.id)}`
    await zoho.put(path, { data: [{ Note_Content: 'Three cups' }] })
    const list = await zoho.get(`/crm/v8/Accounts/${id}/Notes?fields=Note_Content,Parent_Id`)
    const [first] = list.rows
    assert.equal(first.Note_Content, 'Three cups')
    assert.equal(first.Parent_Id.module.api_name, 'Accounts')
    await zoho.delete(`/crm/v8/Accounts/${id}`)
    assert.equal(await statusOf(zoho.get(path)), 204)
  })

  test('related lists are paged, and relations made and ended', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const id = await account(zoho)
    const people: string[] = []
    for (const name of ['Lovelace', 'Byron', 'King']) {
      people.push(await idOf(zoho, 'Contacts', { Last_Name: name, Account_Name: { id } }))
    }
    const path = `/crm/v8/Accounts/${id}/Contacts`
    const names = async (query: string) => {
      const { rows } = await zoho.get(`${path}?fields=Last_Name&${query}`)
      return rows.map(({ Last_Name: name }) => String(name)).join(' ')
    }
    const first = await zoho.get(`${path}?fields=Last_Name&per_page=2`)
    assert.isTrue(first.body.info.more_records)
    const token = String(first.body.info.next_page_token)
    assert.equal(await names(`per_page=2&page_token=${token}`), 'King')
    assert.equal(await statusOf(zoho.get(path)), 400)
    const gone = await zoho.delete(`${path}?ids=${people[0]},1`)
    assert.equal(gone.status, 207)
    assert.equal(await names('page=1'), 'Byron King')
    await zoho.put(path, { data: [{ id: people[0] }] })
    assert.equal(await names('page=1'), 'Lovelace Byron King')
    const odd = await zoho.get(`/crm/v8/Accounts/${id}/Nothing?fields=id`)
    assert.equal(Number(odd.body.details.resource_path_index), 2)
    const product = await idOf(zoho, 'Products', { Product_Name: 'Tea' })
    const visit = await idOf(zoho, 'Shop_Visits', { Name: 'V', Visit_Code: '1' })
    const seen = `/crm/v8/Shop_Visits/${visit}/Seen_Products_List`
    await zoho.put(`${seen}/${product}`, {})
    const listed = await zoho.get(`${seen}?fields=Product_Name`)
    assert.equal(listed.rows[0].Product_Name, 'Tea')
    await zoho.delete(`${seen}/${product}`)
    assert.equal(await statusOf(zoho.get(`${seen}?fields=Product_Name`)), 204)
  })

  test('records are counted, by criteria too', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await zoho.post('/crm/v8/Contacts', { data: [{ Last_Name: 'Byron' }, { Last_Name: 'King' }] })
    const count = async (query: string) => {
      const { body } = await zoho.get(`/crm/v8/Contacts/actions/count${query}`)
      return Number(body.count)
    }
    assert.equal(await count(''), 2)
    assert.equal(await count('?criteria=(Last_Name:starts_with:B)'), 1)
  })

  test('another user is the author of what he writes, and sees not all notes', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const id = await account(zoho)
    const all = '/crm/v8/Notes?fields=Note_Content'
    const note = { Note_Content: 'Two cups', Parent_Id: { id } }
    await zoho.post('/crm/v8/Notes', { data: [note] })
    assert.equal(await statusOf(zoho.get(all)), 200)
    const order = { scope: 'ZohoCRM.modules.ALL', person: 'rosa.writer@example.com' }
    const minted = await zoho.post('/__simulator/self_client', order)
    const code = String(minted.body.code)
    const body = zoho.form({ grant_type: 'authorization_code', code })
    const granted = await zoho.send('POST', '/oauth/v2/token', { body })
    zoho.token = String(granted.body.access_token)
    const refused = await zoho.get(all)
    assert.deepEqual([refused.status, String(refused.body.code)], [403, 'NO_PERMISSION'])
    await zoho.put(`/crm/v8/Accounts/${id}`, { data: [{ Phone: '12' }] })
    const shown = await zoho.get(`/crm/v8/Accounts/${id}`)
    const { Created_By: creator, Modified_By: author } = shown.rows[0]
    assert.deepEqual([creator.name, author.name].map(String), ['Sim Admin', 'Rosa Writer'])
  })
})
