import type { RecordValues } from '#sdk'
import { startZohoSimulator, type ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import type { Fixture, Stage, WritingStage } from '#tests/contract/stage'
import type { ContextWorld } from '#tests/support/contract_context'
import { deal } from './deal_batch.js'
import { signIn } from './sign_in.js'

const RECORDS = 40
const PER_SECOND = 4

async function post(sim: ZohoSimulator, token: string, data: RecordValues[]) {
  const headers = { authorization: `Zoho-oauthtoken ${token}` }
  const body = JSON.stringify({ data, trigger: [] })
  await fetch(`${sim.url}/crm/v8/Deals/upsert`, { method: 'POST', headers, body })
}

function writing(sim: ZohoSimulator, operation: WritingStage['operation']): WritingStage {
  let next = operation === 'insert' ? 1000 : 2000
  const strike = (fault: { kind: 'drop_after' } | { kind: 'status'; status: number }) =>
    sim.faults([{ ...fault, match: { method: 'POST', path: '/crm/', times: 1 } }])
  return {
    stream: 'Deals',
    operation,
    match: { by: 'fields', fields: ['Order_Ref'] },
    records: (count) => Array.from({ length: count }, () => deal(next++, { Amount: 12.5 })),
    faulty: deal(999_999, { Deal_Name: 'x'.repeat(500) }),
    limit: async () => strike({ kind: 'status', status: 429 }),
    loseReply: async () => strike({ kind: 'drop_after' }),
  }
}

async function erase(sim: ZohoSimulator, token: string, id: string) {
  const headers = { authorization: `Zoho-oauthtoken ${token}` }
  await fetch(`${sim.url}/crm/v8/Deals/${id}`, { method: 'DELETE', headers })
}

async function open(): Promise<Stage> {
  const sim = await startZohoSimulator({ bulkDelayMs: 20 })
  let token = await signIn(sim)
  let extra = 0
  for (let number = 1; number <= RECORDS; number += PER_SECOND) {
    const numbers = Array.from({ length: PER_SECOND }, (_, at) => number + at)
    await post(
      sim,
      token,
      numbers.map((each) => deal(each, { Amount: each / 4 }))
    )
    sim.advance(1)
  }
  const world: ContextWorld = {
    folder: '',
    authorize: async (renew) => {
      if (renew) token = await signIn(sim)
      return { authorization: `Zoho-oauthtoken ${token}` }
    },
  }
  const addresses = { accountsUrl: sim.url, apiUrl: sim.url, uploadUrl: sim.url, orgId: sim.zgid }
  return {
    connection: { settings: { ...addresses, apiVersion: 'v8', trigger: '' }, secrets: {} },
    world,
    wrong: [
      { title: 'no API address', settings: { apiUrl: '' }, field: 'apiUrl' },
      { title: 'a closed port', settings: { apiUrl: 'http://127.0.0.1:9' }, field: 'apiUrl' },
      { title: 'another org', settings: { orgId: '1' }, field: 'orgId' },
    ],
    reading: [
      {
        stream: 'Deals',
        records: RECORDS,
        incremental: 'Modified_Time',
        disturb: async (read) => {
          sim.advance(1)
          await post(sim, token, [deal(3, { Amount: read.length }), deal(5000 + extra++)])
          await erase(sim, token, String(read[0].id))
        },
      },
    ],
    writing: [writing(sim, 'upsert'), writing(sim, 'insert')],
    close: () => sim.close(),
  }
}

const fixture: Fixture = { missing: async () => null, open }

export default fixture
