import { computed, inject, provide, reactive, ref } from 'vue'
import type { InjectionKey } from 'vue'
import type {
  BuilderDefinition,
  BuilderField,
  BuilderProblem,
  DraftView,
  FormulaFunction,
  Pages,
} from '../../types.js'
import { useEnd } from './use_end.js'
import { useSample } from './use_sample.js'
import { useSaving } from './use_saving.js'
import { useTrial } from './use_trial.js'

export type Builder = ReturnType<typeof makeBuilder>
type Given = Pages['builder/edit']

const KEY: InjectionKey<Builder> = Symbol('builder')

function makeBuilder(
  draft: DraftView,
  given: { connections: Given['connections']; functions: FormulaFunction[]; zones: string[] }
) {
  const definition: BuilderDefinition = reactive(JSON.parse(draft.content))
  const source = useEnd(() => definition.source)
  const target = useEnd(() => definition.target)
  const sample = useSample(() => definition.source, source)
  const { trial, ...trying } = useTrial(definition, source, target)
  const checked = ref<BuilderProblem[]>([])
  const problems = computed(() => [...checked.value, ...(trial.value?.problems ?? [])])
  const sourceFields = computed(() => source.stream.value?.description.fields ?? [])
  const targetFields = computed(() => target.stream.value?.description.fields ?? [])
  return {
    ...{ draft, definition, source, target, sample, trial, trying, checked, problems },
    ...{ sourceFields, targetFields, ...given },
    saving: useSaving(draft.id, definition),
    problemAt: (where: string) => problems.value.find((each) => each.where === where)?.message,
    field: (name: string): BuilderField | undefined =>
      targetFields.value.find((each) => each.name === name),
  }
}

export function provideBuilder(...args: Parameters<typeof makeBuilder>): Builder {
  const builder = makeBuilder(...args)
  provide(KEY, builder)
  return builder
}

export function useBuilder(): Builder {
  const builder = inject(KEY)
  if (builder === undefined) throw new Error('There is no builder on this page')
  return builder
}
