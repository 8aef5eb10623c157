import { ref, shallowRef, watch } from 'vue'
import { usePaths } from '../../composables/use_paths.js'
import type { BuilderStream } from '../../types.js'
import { ask } from './ask.js'

export type End = ReturnType<typeof useEnd>

/** One end of a service: what there is to choose from, and what the chosen stream looks like. */
export function useEnd(chosen: () => { connection: string; stream: string }) {
  const paths = usePaths()
  const streams = shallowRef<Array<{ name: string; title: string; within?: string[] }>>([])
  const stream = shallowRef<BuilderStream | null>(null)
  const makesTables = ref(false)
  const isBusy = ref(false)
  const message = ref<string | null>(null)
  let turn = 0

  async function list() {
    const { connection } = chosen()
    streams.value = []
    makesTables.value = false
    if (connection === '') return
    const reply = await ask<{ streams: typeof streams.value; makesTables: boolean }>(
      'POST',
      paths.builder('streams'),
      { connection }
    )
    if (connection !== chosen().connection) return
    if (reply.ok) {
      streams.value = reply.streams.sort((a, b) => a.title.localeCompare(b.title))
      makesTables.value = reply.makesTables
    } else message.value = reply.message
  }
  async function describe(refresh = false) {
    const mine = (turn += 1)
    message.value = null
    const wanted = { ...chosen() }
    if (wanted.connection === '' || wanted.stream === '') {
      stream.value = null
      isBusy.value = false
      return
    }
    isBusy.value = true
    const question = { connection: wanted.connection, stream: wanted.stream, refresh }
    const reply = await ask<{ stream: BuilderStream }>('POST', paths.builder('stream'), question)
    if (mine !== turn) return
    isBusy.value = false
    stream.value = reply.ok ? reply.stream : null
    if (!reply.ok) message.value = reply.message
  }
  watch(() => chosen().connection, list, { immediate: true })
  watch(
    () => [chosen().connection, chosen().stream],
    () => void describe(),
    { immediate: true }
  )
  return { streams, stream, makesTables, isBusy, message, list, refresh: () => describe(true) }
}
