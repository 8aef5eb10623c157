import { ref, shallowRef, watch } from 'vue'
import { usePaths } from '../../composables/use_paths.js'
import type { BuilderDefinition, BuilderTrial } from '../../types.js'
import { ask } from './ask.js'
import { later } from './later.js'
import type { End } from './use_end.js'

const PAUSE = 350

/** What the mapping makes of ten real records, as one types. The server maps them. */
export function useTrial(definition: BuilderDefinition, source: End, target: End) {
  const paths = usePaths()
  const trial = shallowRef<BuilderTrial | null>(null)
  const message = ref<string | null>(null)
  const isBusy = ref(false)
  let turn = 0

  async function attempt() {
    const mine = (turn += 1)
    if (source.stream.value === null || target.stream.value === null) {
      trial.value = null
      isBusy.value = false
      return
    }
    isBusy.value = true
    const reply = await ask<{ trial: BuilderTrial | null }>('POST', paths.builder('trials'), {
      definition: JSON.stringify(definition),
    })
    if (mine !== turn) return
    isBusy.value = false
    message.value = reply.ok ? null : reply.message
    if (reply.ok) trial.value = reply.trial
  }
  const { soon } = later(PAUSE, attempt)
  watch([source.stream, target.stream], soon)
  watch(() => [definition.mapping, definition.source.filter, definition.target.operation], soon, {
    deep: true,
  })
  /** Problems name rows by their place, which another row takes when one goes. */
  watch(
    () => definition.mapping.length,
    () => {
      if (trial.value !== null) trial.value = { ...trial.value, problems: [] }
    }
  )
  return { trial, message, isBusy }
}
