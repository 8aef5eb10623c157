import env from '#start/env'
import { defineConfig, drivers } from '@adonisjs/core/hash'
import type { InferHashers } from '@adonisjs/core/types'

/** What one guess at a password costs. Tests sign in by the hundred. */
export function scryptIn(environment: string) {
  return { cost: environment === 'test' ? 1024 : 16384, blockSize: 8, parallelization: 1 }
}

const hashConfig = defineConfig({
  default: 'scrypt',
  list: { scrypt: drivers.scrypt(scryptIn(env.get('NODE_ENV'))) },
})

export default hashConfig

declare module '@adonisjs/core/types' {
  export interface HashersList extends InferHashers<typeof hashConfig> {}
}
