import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import type Run from '#domain/runs/run'
import RunRequest, { bodyContext } from '#domain/runs/run_request'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'
import type { KeptBody } from '#workers/requests/request_note'
import { givenRun, givenService, givenTenant } from '#tests/support/app'

/** A kept call, of a run of its own where none is given. */
export async function givenRequest(values: Partial<RunRequest> = {}, of?: Run, body?: KeptBody) {
  const run = of ?? (await givenRun(await givenService(await givenTenant())))
  const tenant = await Tenant.findOrFail(run.tenantId)
  const id = uuid()
  const seal = (said: KeptBody) => new Vault(tenant).seal(JSON.stringify(said), bodyContext(id))
  const request = await RunRequest.create({
    ...{ id, tenantId: tenant.id, runId: run.id },
    connectionId: '00000000-0000-7000-8000-000000000000',
    ...{ stage: 'send', route: 'upsert', batch: 1, method: 'POST' },
    ...{ host: 'www.zohoapis.eu', path: '/crm/v8/Deals/upsert', status: 200, error: null },
    ...{ isFailed: false, took: 120, bytesSent: 20_480, bytesReceived: 8_192 },
    sealedBody: body === undefined ? null : seal(body),
    startedAt: DateTime.utc(),
    ...values,
  })
  return { tenant, run, request }
}
