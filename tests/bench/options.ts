import { parseArgs } from 'node:util'

const usual = ['upsert', 'bulk', 'formulas', 'export', 'memory', 'credits'] as const
const parts = [...usual, 'due', 'history', 'simulator', 'kill'] as const
const storages = ['sqlite', 'mysql'] as const

export type Part = (typeof parts)[number]
export type Storage = (typeof storages)[number]

export interface Options {
  parts: Part[]
  storages: Storage[]
  /** Rows of the speed runs. */
  rows: number
  isQuick: boolean
  isJson: boolean
  /** Of the speed runs. In the first ones V8 still compiles our server's code; the bare script's it compiles each time. */
  rounds: number
  kills: number
}

/**
 * `--quick` takes 20,000 rows and judges no ratio; `--only=upsert,bulk,formulas,export,memory,credits,sqlite,mysql`
 * keeps parts, `--only=due` starts hundreds of services at once, `--only=history` pages through
 * half a million runs, `--only=simulator` fills the simulator, `--only=kill` kills the server instead.
 */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      rounds: { type: 'string', default: '5' },
      kills: { type: 'string', default: '30' },
    },
  })
  const words = values.only.split(',').filter((word) => word !== '')
  const unknown = words.find((word) => ![...parts, ...storages].some((name) => name === word))
  if (unknown)
    throw new Error(`--only knows no "${unknown}": ${[...parts, ...storages].join(', ')}`)
  return {
    parts: chosen(parts, words, usual),
    storages: chosen(storages, words, storages),
    rows: values.quick ? 20_000 : 100_000,
    isQuick: values.quick,
    isJson: values.json,
    kills: values.quick ? 3 : Number(values.kills),
    rounds: values.quick ? 1 : Number(values.rounds),
  }
}

function chosen<T extends string>(all: readonly T[], words: string[], usually: readonly T[]): T[] {
  const named = all.filter((name) => words.includes(name))
  return named.length > 0 ? named : [...usually]
}
