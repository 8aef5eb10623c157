import type { SimulatedOrg } from '../simulated_org.js'
import type { LedgerEntry } from '../store/ledger.js'
import type { WriteContext } from '../store/record_store.js'
import { StoredRecord, type StoredValues } from '../store/stored_record.js'
import type { WriteListener } from '../store/write_listener.js'

interface Done {
  entry: LedgerEntry
  before: StoredValues | null
}

/** Notes the writes of some work, so that they can be taken back. */
export class UndoWrites {
  #done: Done[] = []

  constructor(readonly org: SimulatedOrg) {}

  /** Does the work; its writes alone are noted, for nothing else runs in between. */
  watch<Result>(work: () => Result): Result {
    const { store } = this.org
    const outer = store.listener
    const listener: WriteListener = {
      waiting: outer?.waiting ?? 0,
      wrote: (entry, before) => {
        this.#done.push({ entry, before })
        outer?.wrote(entry, before)
      },
    }
    store.listener = listener
    try {
      return work()
    } finally {
      store.listener = outer
    }
  }

  /** Takes all back, the last first. */
  undo() {
    for (const { entry, before } of this.#done.reverse()) this.#undoOne(entry, before)
    this.#done = []
  }

  #undoOne({ module, id, action }: LedgerEntry, before: StoredValues | null) {
    const { store, clock } = this.org
    const table = store.tables.get(module)
    if (!table) throw new Error(`No module ${module}`)
    const at = clock.now()
    const context: WriteContext = { at, via: 'rest', trigger: [], match: null, searchLagMs: 0 }
    const record = table.byId.get(id)
    if (action === 'delete')
      store.restore(table, new StoredRecord(id, before ?? {}, at, at, at), context)
    else if (!record) throw new Error(`No record ${id}`)
    else if (action === 'insert') store.remove(table, record, context)
    else store.replace(table, record, before ?? {}, context)
  }
}
