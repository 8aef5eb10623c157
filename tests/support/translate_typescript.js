import { createRequire } from 'node:module'

/** What @poppinss/ts-exec makes of our tsconfig.json. */
export const settings = {
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'esnext',
    externalHelpers: false,
    parser: { syntax: 'typescript', tsx: false, decorators: true, dynamicImport: true },
    transform: { decoratorMetadata: true, legacyDecorator: true },
    experimental: { keepImportAttributes: true },
    keepClassNames: true,
  },
}

const require = createRequire(import.meta.url)

/** Loads swc when there is something to translate, and not before. */
export function translateTypescript(source, path) {
  return require('@swc/core').transformSync(source, { filename: path, ...settings }).code
}
