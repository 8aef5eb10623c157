import type { Context, StreamDescription } from '#sdk'
import { attachmentsField } from '../files/attachments_field.js'
import { describeRelated } from '../related/describe_related.js'
import { relatedName } from '../related/related_name.js'
import { chosenModule } from './chosen_module.js'
import { describeField } from './describe_field.js'
import { fetchFields } from './fetch_fields.js'
import { fetchModules } from './fetch_modules.js'
import { fetchViews } from './fetch_views.js'
import { ID } from './id_field.js'
import { joinedFields } from './joined_fields.js'
import { moduleTitle } from './module_title.js'

export async function describeStream(ctx: Context, name: string): Promise<StreamDescription> {
  const related = relatedName(name)
  if (related !== null) return describeRelated(ctx, related)
  const modules = await fetchModules(ctx)
  const module = chosenModule(modules, name)
  const listed = await fetchFields(ctx, name)
  const metadata = listed.filter((field) => field.api_name !== 'id')
  const own = metadata.map((field) => describeField(name, field))
  const fields = [ID, ...own, ...attachmentsField(name), ...(await joinedFields(ctx, own, modules))]
  const views = await fetchViews(ctx, name)
  return {
    name,
    title: moduleTitle(module),
    key: ['id'],
    fields,
    readable: module.viewable !== false,
    writable: module.creatable !== false || module.editable !== false,
    cursors: ['Modified_Time', 'Created_Time'].filter((cursor) =>
      fields.some((field) => field.name === cursor)
    ),
    ...(views.length > 0 ? { views } : {}),
    pushdown: ['=', '!=', '<', '<=', '>', '>=', 'in', 'all', 'any'],
  }
}
