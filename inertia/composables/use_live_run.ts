import { computed, onMounted, onUnmounted, ref, watch } from 'vue'
import { sumOf } from '../components/runs/outcomes.js'
import { isFinalState } from '../components/runs/run_states.js'
import type { RunChange, RunView } from '../types.js'
import { listen } from './listen.js'
import { useAsking } from './use_asking.js'
import { useRate } from './use_rate.js'

const QUIET = 2500
const TICK = 2000
const SLOW_PARTS = ['batches', 'requests', 'letters', 'openLetters', 'causes']
const ALL_PARTS = ['run', 'expected', ...SLOW_PARTS]

/**
 * A run as it moves: by events of the process that works on it, and where those stay away
 * (another process works on it) by asking every two seconds until it is final. Every question
 * asks for all that the end brings: of two answers at one moment only the later is taken. A run
 * that was started from the page of another comes to the same page.
 */
export function useLiveRun(run: () => RunView, channel: () => string) {
  const change = ref<RunChange | null>(null)
  const isFinal = computed(() => run().isFinal)
  const { isLost, ask, askNow } = useAsking()
  const { rate, sample, restart } = useRate()
  let ticks = 0
  /** By this clock: the server's may be ahead. */
  let heardAt = 0

  const live = computed(() => {
    const heard = change.value
    return heard && !isFinal.value ? heard : { ...run(), underWay: 0 }
  })
  const settled = computed(() => sumOf(live.value.counts))

  function hear(message: RunChange) {
    change.value = message
    heardAt = Date.now()
    sample(message.at, sumOf(message.counts))
    if (isFinalState(message.state)) askNow(ALL_PARTS)
  }
  function tick() {
    if (isFinal.value) return
    ticks += 1
    const isQuiet = Date.now() - heardAt > QUIET
    if (isQuiet) change.value = null
    if (isQuiet) ask(ALL_PARTS)
    else if (ticks % 3 === 0) ask(SLOW_PARTS)
  }
  function follow(): () => void {
    if (isFinal.value) return () => {}
    const stop = listen(channel(), { hear, onReady: () => askNow(ALL_PARTS) })
    const timer = setInterval(tick, TICK)
    return () => {
      clearInterval(timer)
      stop()
    }
  }
  let leave = () => {}
  onMounted(() => (leave = follow()))
  onUnmounted(() => leave())
  watch(run, ({ id, counts }, { id: before }) => {
    if (id !== before) {
      leave()
      change.value = null
      heardAt = 0
      restart()
      leave = follow()
    }
    sample(Date.now(), sumOf(counts))
  })

  return { live, settled, rate, isFinal, isLost }
}
