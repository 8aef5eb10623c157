import { describeResponse } from '../describe_object.js'
import { fillMap } from '../build_request.js'

const asked = (sdk, constants, values) => fillMap(new sdk.ParameterMap(), constants, values)

export const metadata = {
  async getOrganization(sdk) {
    const { OrgOperations } = sdk.api('org/org_operations')
    return describeResponse(await new OrgOperations().getOrganization())
  },

  async getUsers(sdk, values) {
    const { UsersOperations, GetUsersParam } = sdk.api('users/users_operations')
    const params = await asked(sdk, GetUsersParam, values)
    return describeResponse(await new UsersOperations().getUsers(params, new sdk.HeaderMap()))
  },

  async getUser(sdk, { id }) {
    const { UsersOperations } = sdk.api('users/users_operations')
    return describeResponse(await new UsersOperations().getUser(BigInt(id), new sdk.HeaderMap()))
  },

  async getModules(sdk, values) {
    const { ModulesOperations, GetModulesParam } = sdk.api('modules/modules_operations')
    const params = await asked(sdk, GetModulesParam, values)
    return describeResponse(await new ModulesOperations().getModules(params, new sdk.HeaderMap()))
  },

  async getModule(sdk, { name }) {
    const { ModulesOperations } = sdk.api('modules/modules_operations')
    return describeResponse(await new ModulesOperations().getModuleByAPIName(name))
  },

  async getFields(sdk, values) {
    const { FieldsOperations, GetFieldsParam } = sdk.api('fields/fields_operations')
    const params = await asked(sdk, GetFieldsParam, values)
    return describeResponse(await new FieldsOperations().getFields(params))
  },

  async getField(sdk, { id, module }) {
    const { FieldsOperations, GetFieldParam } = sdk.api('fields/fields_operations')
    const params = await asked(sdk, GetFieldParam, { MODULE: module })
    return describeResponse(await new FieldsOperations().getField(BigInt(id), params))
  },

  async getLayouts(sdk, { module }) {
    const { LayoutsOperations, GetLayoutsParam } = sdk.api('layouts/layouts_operations')
    const params = await asked(sdk, GetLayoutsParam, { MODULE: module })
    return describeResponse(await new LayoutsOperations().getLayouts(params))
  },

  async getRelatedLists(sdk, { module }) {
    const { RelatedListsOperations, GetRelatedListsParam } = sdk.api(
      'related_lists/related_lists_operations'
    )
    const params = await asked(sdk, GetRelatedListsParam, { MODULE: module })
    return describeResponse(await new RelatedListsOperations().getRelatedLists(params))
  },
}
