import { describeResponse } from '../describe_object.js'
import { fill, fillMap } from '../build_request.js'
import { fileOf } from '../file_of.js'

const operations = (sdk) => {
  const { AttachmentsOperations } = sdk.api('attachments/attachments_operations')
  return new AttachmentsOperations()
}

const params = (sdk, kind, values) => {
  const constants = sdk.api('attachments/attachments_operations')[kind]
  return fillMap(new sdk.ParameterMap(), constants, values)
}

export const attachments = {
  async uploadAttachment(sdk, { module, record, file }) {
    const { FileBodyWrapper } = sdk.api('attachments/file_body_wrapper')
    const body = fill(new FileBodyWrapper(), { File: fileOf(sdk, file) })
    return describeResponse(await operations(sdk).uploadAttachments(BigInt(record), module, body))
  },

  async linkAttachment(sdk, { module, record, url, title }) {
    const asked = await params(sdk, 'UploadUrlAttachmentsParam', {
      ATTACHMENTURL: url,
      TITLE: title,
    })
    return describeResponse(
      await operations(sdk).uploadUrlAttachments(BigInt(record), module, asked)
    )
  },

  async getAttachments(sdk, { module, record, fields }) {
    const asked = await params(sdk, 'GetAttachmentsParam', { FIELDS: fields })
    return describeResponse(await operations(sdk).getAttachments(BigInt(record), module, asked))
  },

  async downloadAttachment(sdk, { module, record, id }) {
    const { getAttachment } = operations(sdk)
    return describeResponse(await getAttachment(BigInt(id), BigInt(record), module))
  },

  async deleteAttachment(sdk, { module, record, id }) {
    const { deleteAttachment } = operations(sdk)
    return describeResponse(await deleteAttachment(BigInt(id), BigInt(record), module))
  },

  async uploadFiles(sdk, { files }) {
    const { FilesOperations } = sdk.api('files/files_operations')
    const { BodyWrapper } = sdk.api('files/body_wrapper')
    const body = fill(new BodyWrapper(), { File: files.map((file) => fileOf(sdk, file)) })
    return describeResponse(await new FilesOperations().uploadFiles(body, new sdk.ParameterMap()))
  },

  async getFile(sdk, { id }) {
    const { FilesOperations, GetFileParam } = sdk.api('files/files_operations')
    const asked = await fillMap(new sdk.ParameterMap(), GetFileParam, { ID: id })
    return describeResponse(await new FilesOperations().getFile(asked))
  },
}
