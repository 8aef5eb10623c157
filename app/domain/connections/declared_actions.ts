import crossdock from '#config/crossdock'
import type { Action } from '#sdk'
import { loadConnector } from '#workers/load_plugin'

export type DeclaredAction = Pick<Action, 'name' | 'title' | 'help' | 'inputs' | 'isWriting'>

/** What a connector lets people and rules do, as data. */
export async function declaredActions(connectorName: string): Promise<DeclaredAction[]> {
  const { connector } = await loadConnector(crossdock.pluginsRoot, connectorName)
  return (connector.actions ?? []).map(({ name, title, help, inputs, isWriting }) => ({
    ...{ name, title, help, inputs, isWriting },
  }))
}
