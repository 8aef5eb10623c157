import { Dispatcher } from '#domain/runs/dispatcher'
import ServerProcess from '#domain/runs/server_process'

export interface Occasion {
  readonly dispatcher: Dispatcher
  /** The dispatcher takes runs while this is false. */
  serverWorks: boolean
}

/**
 * Gives a command runner threads of its own. They answer its questions, and work the run it
 * waits for when no server lives that would; until then they are not started.
 */
export async function withRunners<Result>(
  work: (occasion: Occasion) => Promise<Result>,
  threads = 1
): Promise<Result> {
  const occasion: Occasion = {
    serverWorks: await ServerProcess.isAnyAlive(),
    dispatcher: new Dispatcher(() => !occasion.serverWorks, threads),
  }
  occasion.dispatcher.open()
  try {
    return await work(occasion)
  } finally {
    await occasion.dispatcher.close()
  }
}
