import type { Speed } from './compare_speeds.js'
import type { Credits } from './measure_credits.js'
import type { Delays } from './measure_due.js'
import type { History } from './measure_history.js'
import type { Memory } from './measure_memory.js'
import type { Simulated } from './measure_simulator.js'

export interface Results {
  speeds: Speed[]
  memory: Memory[]
  credits: Credits[]
  delays: Delays[]
  histories: History[]
  simulators: Simulated[]
}
