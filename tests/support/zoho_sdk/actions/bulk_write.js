import { describeResponse } from '../describe_object.js'
import { fill, fillMap } from '../build_request.js'
import { fileOf } from '../file_of.js'

const operations = (sdk) => {
  const { BulkWriteOperations } = sdk.api('bulk_write/bulk_write_operations')
  return new BulkWriteOperations()
}

function moduleOf(sdk, name) {
  const { MinifiedModule } = sdk.api('modules/minified_module')
  return fill(new MinifiedModule(), { APIName: name })
}

function mappingOf(sdk, { field, index, format, findBy }) {
  const { FieldMapping } = sdk.api('bulk_write/field_mapping')
  const values = { APIName: field, Index: index, Format: format, FindBy: findBy }
  return fill(new FieldMapping(), values)
}

function resourceOf(sdk, { module, fileId, fileName, findBy, mappings }) {
  const { Resource } = sdk.api('bulk_write/resource')
  const { Choice } = sdk.part('utils/util/choice')
  return fill(new Resource(), {
    Type: new Choice('data'),
    Module: moduleOf(sdk, module),
    FileId: fileId,
    FileNames: [fileName],
    FindBy: findBy,
    FieldMappings: mappings.map((mapping) => mappingOf(sdk, mapping)),
  })
}

export const bulkWrite = {
  async uploadBulkFile(sdk, { name, bytes, zgid }) {
    const { FileBodyWrapper } = sdk.api('bulk_write/file_body_wrapper')
    const { UploadFileHeader } = sdk.api('bulk_write/bulk_write_operations')
    const headers = { FEATURE: 'bulk-write', X_CRM_ORG: zgid }
    const map = await fillMap(new sdk.HeaderMap(), UploadFileHeader, headers)
    const body = fill(new FileBodyWrapper(), { File: fileOf(sdk, { name, bytes }) })
    return describeResponse(await operations(sdk).uploadFile(body, map))
  },

  async createBulkWrite(sdk, { operation, ...resource }) {
    const { RequestWrapper } = sdk.api('bulk_write/request_wrapper')
    const { Choice } = sdk.part('utils/util/choice')
    const body = fill(new RequestWrapper(), {
      CharacterEncoding: 'UTF-8',
      Operation: new Choice(operation),
      Resource: [resourceOf(sdk, resource)],
    })
    return describeResponse(await operations(sdk).createBulkWriteJob(body))
  },

  async getBulkWrite(sdk, { id }) {
    return describeResponse(await operations(sdk).getBulkWriteJobDetails(id))
  },

  async downloadBulkWrite(sdk, { url }) {
    return describeResponse(await operations(sdk).downloadBulkWriteResult(url))
  },
}
