import { ref, shallowRef, watch } from 'vue'
import { usePaths } from '../../composables/use_paths.js'
import type { FieldSample } from '../../types.js'
import { ask } from './ask.js'
import type { End } from './use_end.js'

/** Values of real records, by source field. */
export function useSample(chosen: () => { connection: string; stream: string }, end: End) {
  const paths = usePaths()
  const fields = shallowRef<Map<string, FieldSample>>(new Map())
  const count = ref(0)
  const message = ref<string | null>(null)
  const isBusy = ref(false)

  async function load(refresh = false) {
    fields.value = new Map()
    count.value = 0
    message.value = null
    const described = end.stream.value
    if (described === null) return
    isBusy.value = true
    const { connection, stream } = chosen()
    const reply = await ask<{ count: number; fields: FieldSample[] }>(
      'POST',
      paths.builder('samples'),
      { connection, stream, refresh }
    )
    if (described !== end.stream.value) return
    isBusy.value = false
    if (!reply.ok) {
      message.value = reply.message
      return
    }
    count.value = reply.count
    fields.value = new Map(reply.fields.map((each) => [each.name, each]))
  }
  watch(end.stream, () => void load(), { immediate: true })
  return { fields, count, message, isBusy, again: () => load(true) }
}
