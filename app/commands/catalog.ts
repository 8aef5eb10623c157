import type { BaseCommand } from '@adonisjs/core/ace'

type CommandClass = typeof BaseCommand

/** Our commands by name. Only the wanted one is imported, so that each starts fast. */
const COMMANDS: { [name: string]: () => Promise<{ default: unknown }> } = {
  'connection:apply': () => import('#commands/connection_apply'),
  'connection:test': () => import('#commands/connection_test'),
  'demo': () => import('#commands/demo'),
  'doctor': () => import('#commands/doctor'),
  'run:show': () => import('#commands/run_show'),
  'service:apply': () => import('#commands/service_apply'),
  'service:preview': () => import('#commands/service_preview'),
  'service:run': () => import('#commands/service_run'),
  'tenant:create': () => import('#commands/tenant_create'),
  'zoho:extension': () => import('#commands/zoho_extension'),
  'zoho:simulate': () => import('#commands/zoho_simulate'),
}

async function load(name: string): Promise<CommandClass> {
  const found = COMMANDS[name]
  if (found === undefined) throw new Error(`There is no command ${name}`)
  const module = await found()
  return module.default as CommandClass
}

export async function getMetaData() {
  const asked = process.argv.slice(2).find((word) => Object.hasOwn(COMMANDS, word))
  const names = asked === undefined ? Object.keys(COMMANDS) : [asked]
  return Promise.all(
    names.map(async (name) => {
      const command = await load(name)
      command.boot()
      return command.serialize()
    })
  )
}

export function getCommand({ commandName }: { commandName: string }): Promise<CommandClass> {
  return load(commandName)
}
