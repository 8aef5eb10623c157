import { tokenPort } from '#domain/connections/token_port'
import { requestPort } from '#domain/runs/request_port'
import { ledgerPort } from '#domain/runs/run_ledger'
import type { Ports } from '#workers/messages'

/** All that a runner thread may ask for. */
export function runnerPorts(quota: Ports['quota']): Ports {
  return { ledger: ledgerPort, requests: requestPort, token: tokenPort, quota }
}
