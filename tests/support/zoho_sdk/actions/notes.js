import { describeResponse } from '../describe_object.js'
import { fill, fillMap } from '../build_request.js'

const operations = (sdk) => {
  const { NotesOperations } = sdk.api('notes/notes_operations')
  return new NotesOperations()
}

function parentOf(sdk, { module, id }) {
  const { ParentId } = sdk.api('notes/parent_id')
  const { MinifiedModule } = sdk.api('modules/minified_module')
  return fill(new ParentId(), {
    Id: BigInt(id),
    Module: fill(new MinifiedModule(), { APIName: module }),
  })
}

export const notes = {
  async createNote(sdk, { title, content, parent }) {
    const { BodyWrapper } = sdk.api('notes/body_wrapper')
    const { Note } = sdk.api('notes/note')
    const note = fill(new Note(), {
      NoteTitle: title,
      NoteContent: content,
      ParentId: parentOf(sdk, parent),
    })
    const body = fill(new BodyWrapper(), { Data: [note] })
    return describeResponse(await operations(sdk).createNotes(body))
  },

  async getNotes(sdk, { fields }) {
    const { GetNotesParam } = sdk.api('notes/notes_operations')
    const asked = await fillMap(new sdk.ParameterMap(), GetNotesParam, { FIELDS: fields })
    return describeResponse(await operations(sdk).getNotes(asked, new sdk.HeaderMap()))
  },

  async deleteNote(sdk, { id }) {
    return describeResponse(await operations(sdk).deleteNote(BigInt(id)))
  },
}
