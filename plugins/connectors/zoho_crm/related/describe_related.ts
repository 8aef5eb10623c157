import { ConnectorError, type Context, type Field, type StreamDescription } from '#sdk'
import { chosenModule } from '../describe/chosen_module.js'
import { describeField } from '../describe/describe_field.js'
import { fetchFields } from '../describe/fetch_fields.js'
import { fetchModules } from '../describe/fetch_modules.js'
import { fetchViews } from '../describe/fetch_views.js'
import { ID } from '../describe/id_field.js'
import { moduleTitle } from '../describe/module_title.js'
import { fetchRelatedLists, type RelatedList } from './fetch_related_lists.js'
import { fileFields } from './file_fields.js'
import { PARENT, type RelatedName } from './related_name.js'

function chosenList(lists: RelatedList[], { parent, list: name }: RelatedName): RelatedList {
  const list = lists.find((each) => each.name === name)
  if (list) return list
  const near = lists.find((each) => each.name.toLowerCase() === name.toLowerCase())
  const known = lists.map((each) => each.name).join(', ')
  throw new ConnectorError(
    'config',
    `${parent} has no related list "${name}" for the authorised user. ` +
      (near ? `Did you mean "${parent}.${near.name}"?` : `It has: ${known}.`)
  )
}

/** A related list shows no rows, links and files of its records. */
async function fieldsBelow(ctx: Context, { module }: RelatedList): Promise<Field[]> {
  if (module === 'Attachments') return fileFields
  const metadata = await fetchFields(ctx, module)
  const fields = metadata.map((field) => describeField(module, field))
  return fields.filter(({ name, type }) => name !== ID.name && type !== 'json')
}

/** Notes, files and whatever else hangs on the records of a module. It is read record by record. */
export async function describeRelated(
  ctx: Context,
  related: RelatedName
): Promise<StreamDescription> {
  const parent = chosenModule(await fetchModules(ctx), related.parent)
  const list = chosenList(await fetchRelatedLists(ctx, related.parent), related)
  const fields = [PARENT, ID, ...(await fieldsBelow(ctx, list))]
  const views = await fetchViews(ctx, related.parent)
  return {
    name: `${related.parent}.${related.list}`,
    title: `${moduleTitle(parent)}: ${list.title.toLowerCase()}`,
    within: [related.parent, list.module],
    key: [PARENT.name, ID.name],
    fields,
    readable: parent.viewable !== false,
    writable: false,
    cursors: [],
    ...(views.length > 0 ? { views } : {}),
    pushdown: ['=', '!=', '<', '<=', '>', '>=', 'in', 'all', 'any'],
  }
}
