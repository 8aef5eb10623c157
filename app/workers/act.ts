import { ConnectorError } from '#sdk'
import type { Context, HttpRequest, Value } from '#sdk'
import { completeInputs } from './complete_inputs.js'
import type { OpenConnector } from './connector_context.js'
import type { ActionAnswer } from './messages.js'

const LARGEST = 5_000_000

/** Runs one action of a connector, once its inputs are sound. */
export async function act(
  { connector, ctx }: OpenConnector,
  name: string,
  given: { [input: string]: Value }
): Promise<ActionAnswer> {
  const action = connector.actions?.find((each) => each.name === name)
  if (action === undefined) {
    throw new ConnectorError('config', `${connector.title} has no action "${name}".`)
  }
  const { inputs, problems } = completeInputs(action.inputs, given)
  if (Object.keys(problems).length === 0) Object.assign(problems, action.problems?.(inputs))
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  const meter = { calls: 0, credits: 0 }
  const started = performance.now()
  const value = await action.run(metered(ctx, meter), inputs)
  const milliseconds = Math.round(performance.now() - started)
  if (JSON.stringify(value).length > LARGEST) {
    throw new ConnectorError('config', 'The answer is larger than 5 MB: ask for fewer records.')
  }
  return { ok: true, value, milliseconds, ...meter }
}

function metered(ctx: Context, meter: { calls: number; credits: number }): Context {
  const request = (call: HttpRequest) => {
    meter.calls += 1
    meter.credits += call.credits ?? 0
    return ctx.http.request(call)
  }
  return { ...ctx, http: { request } }
}
