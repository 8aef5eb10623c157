import type { AuthOptions } from './auth_options.js'
import { locations } from './locations.js'

const choices: { [Name in keyof AuthOptions]?: readonly unknown[] } = {
  location: locations,
  consent: ['ask', 'accept', 'deny'],
  refreshTokenPer: ['user', 'user_client', 'client'],
  throttleStatus: [400, 200],
  throttleLanguage: ['en', 'zh'],
}

/** Stops a simulator that was asked to be what it cannot be. */
export function checkChoices(options: AuthOptions) {
  for (const [name, allowed] of Object.entries(choices)) {
    const given: unknown = Reflect.get(options, name)
    if (!allowed.includes(given)) {
      throw new Error(`"${name}" must be one of ${allowed.join(', ')}, not "${String(given)}"`)
    }
  }
}
