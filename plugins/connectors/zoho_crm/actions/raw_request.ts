import { defineAction, type HttpRequest } from '#sdk'
import { checked } from './checked.js'
import { rawPrice } from './raw/raw_price.js'
import { rawProblems } from './raw/raw_problems.js'
import { rawUrl } from './raw/raw_url.js'
import { headersWithoutSecrets, withoutSecrets } from './raw/redact.js'
import { sendRaw } from './raw/send_raw.js'
import { RAW_INPUTS } from './raw/raw_inputs.js'

const METHODS: HttpRequest['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

export const rawRequest = checked(
  defineAction({
    name: 'raw_request',
    title: 'Raw request',
    help: 'Sends any call to the API of this connection and shows the answer as it came.',
    isWriting: true,
    inputs: RAW_INPUTS,
    problems: rawProblems,
    async run(ctx, inputs) {
      const method = METHODS.find((name) => name === inputs.method) ?? 'GET'
      const path = String(inputs.path)
      const hasBody = inputs.body !== null && inputs.body !== undefined
      const given = Object.entries(Object(inputs.headers ?? {})).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ])
      const request: HttpRequest = {
        method,
        url: rawUrl(ctx, path, inputs.query),
        headers: {
          ...(hasBody ? { 'content-type': 'application/json' } : {}),
          ...Object.fromEntries(given),
        },
        ...rawPrice(method, path, inputs),
        ...(hasBody ? { body: JSON.stringify(inputs.body) } : {}),
      }
      const statuses =
        String(inputs.retry_on ?? '')
          .match(/\d+/g)
          ?.map(Number) ?? []
      const retry = { tries: Number(inputs.tries), wait: Number(inputs.wait), statuses }
      const { answer, log } = await sendRaw(ctx, request, retry)
      return {
        status: answer.status,
        headers: headersWithoutSecrets(answer.headers),
        body: withoutSecrets(answer.body),
        ...(inputs.debug === true ? { log } : {}),
      }
    },
  })
)
