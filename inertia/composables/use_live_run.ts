import { computed, onMounted, onUnmounted, ref, watch } from 'vue'
import { router } from '@inertiajs/vue3'
import { Transmit } from '@adonisjs/transmit-client'
import type { RunChange, RunView } from '../types.js'
import { sumOf } from '../components/runs/outcomes.js'

const QUIET = 2500
const TICK = 2000
const FINAL = ['succeeded', 'partial', 'failed', 'cancelled']
const RATE_WINDOW = 10_000

let transmit: Transmit | undefined

/**
 * A run as it moves: by events of the process that works on it, and where those stay away
 * (another process works on it) by asking every two seconds until it is final.
 */
export function useLiveRun(run: () => RunView, channel: () => string) {
  const change = ref<RunChange | null>(null)
  const samples = ref<Array<{ at: number; settled: number }>>([])
  const isFinal = computed(() => run().isFinal)
  const isLost = ref(false)
  let ticks = 0

  const live = computed(() => {
    const heard = change.value
    return heard && !isFinal.value ? heard : { ...run(), underWay: 0 }
  })
  const settled = computed(() => sumOf(live.value.counts))
  const rate = computed(() => {
    const first = samples.value[0]
    const last = samples.value.at(-1)
    if (!first || !last || last.at - first.at < 500) return null
    return ((last.settled - first.settled) / (last.at - first.at)) * 1000
  })

  function sample(at: number, count: number) {
    const recent = samples.value.filter((point) => point.at > at - RATE_WINDOW)
    samples.value = [...recent, { at, settled: count }]
  }
  function ask(only: string[] | undefined) {
    router.reload({
      only,
      onSuccess() {
        isLost.value = false
      },
      onNetworkError() {
        isLost.value = true
        return false
      },
    })
  }
  function hear(message: RunChange) {
    change.value = message
    sample(message.at, sumOf(message.counts))
    if (FINAL.includes(message.state)) ask(undefined)
  }
  function tick() {
    if (isFinal.value) return
    ticks += 1
    const isQuiet = Date.now() - (change.value?.at ?? 0) > QUIET
    if (isQuiet) change.value = null
    if (isQuiet) ask(['run', 'batches', 'letters', 'openLetters'])
    else if (ticks % 3 === 0) ask(['batches', 'letters', 'openLetters'])
  }
  watch(run, ({ counts }) => sample(Date.now(), sumOf(counts)))

  onMounted(() => {
    if (isFinal.value) return
    transmit ??= new Transmit({ baseUrl: window.location.origin, maxReconnectAttempts: 0 })
    const subscription = transmit.subscription(channel())
    subscription.onMessage<RunChange>(hear)
    void subscription.create()
    const timer = setInterval(tick, TICK)
    onUnmounted(() => {
      clearInterval(timer)
      void subscription.delete()
    })
  })

  return { live, settled, rate, isFinal, isLost }
}
