import type { Credits } from './measure_credits.js'
import type { Delays } from './measure_due.js'
import type { Memory } from './measure_memory.js'
import type { Speed } from './measure_speed.js'

export interface Results {
  speeds: Speed[]
  memory: Memory[]
  credits: Credits[]
  delays: Delays[]
}
