import { computed, onMounted, onUnmounted, ref, watch } from 'vue'
import { router } from '@inertiajs/vue3'
import { sumOf } from '../components/runs/outcomes.js'
import type { RunChange, RunView } from '../types.js'
import { listen } from './listen.js'
import { useRate } from './use_rate.js'

const QUIET = 2500
const TICK = 2000
const PATIENCE = 8000
const FINAL = ['succeeded', 'partial', 'failed', 'cancelled']
const SLOW_PARTS = ['batches', 'requests', 'letters', 'openLetters', 'causes']

/**
 * A run as it moves: by events of the process that works on it, and where those stay away
 * (another process works on it) by asking every two seconds until it is final. Every question
 * asks for all that the end brings: of two answers at one moment only the later is taken.
 */
export function useLiveRun(run: () => RunView, channel: () => string) {
  const change = ref<RunChange | null>(null)
  const isFinal = computed(() => run().isFinal)
  const { isLost, ask } = useAsking()
  const { rate, sample } = useRate()
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
    if (FINAL.includes(message.state)) ask(undefined)
  }
  function tick() {
    if (isFinal.value) return
    ticks += 1
    const isQuiet = Date.now() - heardAt > QUIET
    if (isQuiet) change.value = null
    if (isQuiet) ask(['run', 'expected', ...SLOW_PARTS])
    else if (ticks % 3 === 0) ask(SLOW_PARTS)
  }
  watch(run, ({ counts }) => sample(Date.now(), sumOf(counts)))

  onMounted(() => {
    if (isFinal.value) return
    listen(channel(), hear)
    const timer = setInterval(tick, TICK)
    onUnmounted(() => clearInterval(timer))
  })

  return { live, settled, rate, isFinal, isLost }
}

/** One question at a time: a server that hangs is not asked more than it can answer. */
function useAsking() {
  const isLost = ref(false)
  let open: { since: number; cancel: () => void } | null = null

  function ask(only: string[] | undefined) {
    if (open !== null && only !== undefined) {
      if (Date.now() - open.since < PATIENCE) return
      isLost.value = true
      open.cancel()
    }
    const asked = { since: Date.now(), cancel: () => {} }
    open = asked
    router.reload({
      only,
      onCancelToken({ cancel }) {
        asked.cancel = cancel
      },
      onSuccess() {
        isLost.value = false
      },
      onNetworkError() {
        isLost.value = true
        return false
      },
      onFinish() {
        if (open === asked) open = null
      },
    })
  }
  return { isLost, ask }
}
