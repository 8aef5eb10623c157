import { computed, ref } from 'vue'

const WINDOW = 10_000
const SHORTEST = 500

/** Records per second over the last ten seconds; null until there is enough to tell. */
export function useRate() {
  const samples = ref<Array<{ at: number; count: number }>>([])

  const rate = computed(() => {
    const first = samples.value[0]
    const last = samples.value.at(-1)
    if (!first || !last || last.at - first.at < SHORTEST) return null
    return ((last.count - first.count) / (last.at - first.at)) * 1000
  })
  function sample(at: number, count: number) {
    const recent = samples.value.filter((point) => point.at > at - WINDOW)
    samples.value = [...recent, { at, count }]
  }
  const restart = () => {
    samples.value = []
  }
  return { rate, sample, restart }
}
