import { ConnectorError, type Context, type Value, type WriteBatch } from '#sdk'
import { writeOptions } from './write_options.js'

/** What a service set of its writing, ready for use. */
export interface WriteSettings {
  /** Names of automations; null runs all of them. */
  trigger: string[] | null
  keepsEmpty: boolean
  layout: string | null
  lockField: string | null
  assignmentRule: string | null
  layoutRules: boolean
  skipCadences: boolean
  appendValues: string[]
  rows: 'replace' | 'add'
  callbackUrl: string | null
}

function text(value: Value | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

function names(value: Value | undefined): string[] {
  return (text(value) ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** Zoho runs all automations when the key is absent, none for an empty list. */
function triggerOf(given: string | null): string[] | null {
  if (given === 'all') return null
  return given === null || given === 'none' ? [] : names(given)
}

function check({ stream, options }: Pick<WriteBatch, 'stream' | 'options'>) {
  for (const { name, title, pattern } of writeOptions(stream)) {
    const given = text(options[name])
    if (given === null || !pattern || new RegExp(`^(?:${pattern.source})$`).test(given)) continue
    throw new ConnectorError('config', `${title} (${name}) must be ${pattern.says}.`)
  }
  for (const name of [...names(options.appendValues), ...names(options.lockField)]) {
    const field = stream.fields.find((each) => each.name === name)
    if (field) continue
    throw new ConnectorError(
      'config',
      `${stream.name} has no field ${name}, which an option names.`
    )
  }
}

export function writeSettings(
  ctx: Context,
  batch: Pick<WriteBatch, 'stream' | 'options'>
): WriteSettings {
  check(batch)
  const { options } = batch
  return {
    trigger: triggerOf(text(options.trigger) ?? text(ctx.settings.trigger)),
    keepsEmpty: options.emptyValues === 'keep',
    layout: text(options.layout),
    lockField: text(options.lockField),
    assignmentRule: text(options.assignmentRule),
    layoutRules: options.layoutRules === true,
    skipCadences: options.skipCadences === true,
    appendValues: names(options.appendValues),
    rows: options.rows === 'add' ? 'add' : 'replace',
    callbackUrl: text(options.callbackUrl),
  }
}
