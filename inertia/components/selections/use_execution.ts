import { useRefresh } from '../../composables/use_refresh.js'
import type { ExecutionView } from '../../types.js'

const TICK = 1000

/** Asks for the result until it is final. A link has no session to listen with. */
export const useExecution = (execution: () => ExecutionView) =>
  useRefresh(['execution'], () => !execution().isFinal, TICK)
