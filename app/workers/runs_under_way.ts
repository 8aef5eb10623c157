import { LeaseLost } from '#engine/ledger'
import { CallBell } from './call_bell.js'
import { Cancelled } from './wire_error.js'

interface UnderWay {
  controller: AbortController
  bell: CallBell
}

/** What a thread works on, by lease, and how it is told to stop. */
export class RunsUnderWay {
  readonly #runs = new Map<string, UnderWay>()
  #isParting = false

  /** From here on a run that stops is lost, not over: another thread takes it up. */
  get isParting(): boolean {
    return this.#isParting
  }

  begin(token: string): { signal: AbortSignal; bell: CallBell } {
    const controller = new AbortController()
    const bell = new CallBell()
    this.#runs.set(token, { controller, bell })
    if (this.#isParting) controller.abort(new LeaseLost())
    return { signal: controller.signal, bell }
  }

  called(token: string): void {
    this.#runs.get(token)?.bell.ring()
  }

  cancel(token: string): void {
    this.#runs.get(token)?.controller.abort(new Cancelled())
  }

  /** What the run left open must not go on. */
  over(token: string): void {
    this.cancel(token)
    this.#runs.delete(token)
  }

  /** The thread is about to be ended: no call is begun any more that it could not tell of. */
  part(): void {
    this.#isParting = true
    for (const { controller } of this.#runs.values()) controller.abort(new LeaseLost())
  }
}
