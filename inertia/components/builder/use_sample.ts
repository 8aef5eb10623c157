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
  let turn = 0

  async function load(refresh = false) {
    const mine = (turn += 1)
    fields.value = new Map()
    count.value = 0
    message.value = null
    const described = end.stream.value
    isBusy.value = described !== null
    if (described === null) return
    const { connection, stream } = chosen()
    const reply = await ask<{ count: number; fields: FieldSample[] }>(
      'POST',
      paths.builder('samples'),
      { connection, stream, refresh }
    )
    if (mine !== turn) return
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
