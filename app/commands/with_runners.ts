import { Dispatcher } from '#domain/runs/dispatcher'
import ServerProcess from '#domain/runs/server_process'

/**
 * Gives a command runner threads of its own. They answer its questions, and work the run it
 * waits for when no server lives that would.
 */
export async function withRunners<Result>(
  work: (occasion: { dispatcher: Dispatcher; serverWorks: boolean }) => Promise<Result>
): Promise<Result> {
  const serverWorks = await ServerProcess.isAnyAlive()
  const dispatcher = new Dispatcher(() => !serverWorks)
  await dispatcher.start()
  try {
    return await work({ dispatcher, serverWorks })
  } finally {
    await dispatcher.close()
  }
}
