import { describeResponse } from '../describe_object.js'
import { fill, fillMap } from '../build_request.js'

const of = (sdk, module) => {
  const { RecordOperations } = sdk.api('record/record_operations')
  return new RecordOperations(module)
}

const constants = (sdk, name) => sdk.api('record/record_operations')[name]

/** A value the SDK has a type for: a picklist's choice, an uploaded file, a lookup's record. */
function typed(sdk, value) {
  if (Array.isArray(value)) return value.map((item) => typed(sdk, item))
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  const { Choice } = sdk.part('utils/util/choice')
  const { FileDetails } = sdk.api('record/file_details')
  if ('choice' in value) return new Choice(value.choice)
  if ('file' in value) return fill(new FileDetails(), { FileIdS: value.file })
  if ('product' in value) {
    const { LineItemProduct } = sdk.api('record/line_item_product')
    return fill(new LineItemProduct(), { Id: BigInt(value.product) })
  }
  return recordOf(sdk, value)
}

function recordOf(sdk, { id, ...values }) {
  const { Record } = sdk.api('record/record')
  const record = new Record()
  if (id !== undefined) record.setId(BigInt(id))
  for (const [name, value] of Object.entries(values)) record.addKeyValue(name, typed(sdk, value))
  return record
}

function bodyOf(sdk, { data, trigger, match }) {
  const { BodyWrapper } = sdk.api('record/body_wrapper')
  return fill(new BodyWrapper(), {
    Data: data.map((values) => recordOf(sdk, values)),
    Trigger: trigger,
    DuplicateCheckFields: match,
  })
}

const params = (sdk, kind, values = {}) =>
  fillMap(new sdk.ParameterMap(), constants(sdk, kind), values)

export const records = {
  async createRecords(sdk, { module, ...body }) {
    return describeResponse(await of(sdk, module).createRecords(bodyOf(sdk, body)))
  },

  async updateRecords(sdk, { module, ...body }) {
    return describeResponse(await of(sdk, module).updateRecords(bodyOf(sdk, body)))
  },

  async updateRecord(sdk, { module, id, ...body }) {
    return describeResponse(await of(sdk, module).updateRecord(BigInt(id), bodyOf(sdk, body)))
  },

  async upsertRecords(sdk, { module, ...body }) {
    return describeResponse(await of(sdk, module).upsertRecords(bodyOf(sdk, body)))
  },

  async getRecord(sdk, { module, id, fields }) {
    const asked = await params(sdk, 'GetRecordParam', { FIELDS: fields })
    return describeResponse(await of(sdk, module).getRecord(BigInt(id), asked, new sdk.HeaderMap()))
  },

  async getRecordByExternalId(sdk, { module, field, value }) {
    const header = constants(sdk, 'GetRecordUsingExternalIDHeader')
    const external = `${module}.${field}`
    const headers = await fillMap(new sdk.HeaderMap(), header, { X_EXTERNAL: external })
    const none = new sdk.ParameterMap()
    return describeResponse(await of(sdk, module).getRecordUsingExternalId(value, none, headers))
  },

  async getRecords(sdk, { module, params: values, since }) {
    const asked = await params(sdk, 'GetRecordsParam', values)
    const header = constants(sdk, 'GetRecordsHeader')
    const headers = await fillMap(new sdk.HeaderMap(), header, { IF_MODIFIED_SINCE: since })
    return describeResponse(await of(sdk, module).getRecords(asked, headers))
  },

  async searchRecords(sdk, { module, params: values }) {
    const asked = await params(sdk, 'SearchRecordsParam', values)
    return describeResponse(await of(sdk, module).searchRecords(asked, new sdk.HeaderMap()))
  },

  async deleteRecord(sdk, { module, id }) {
    const none = new sdk.ParameterMap()
    return describeResponse(await of(sdk, module).deleteRecord(BigInt(id), none))
  },

  async deleteRecords(sdk, { module, ids }) {
    const asked = await params(sdk, 'DeleteRecordsParam', { IDS: ids.join(',') })
    return describeResponse(await of(sdk, module).deleteRecords(asked))
  },

  async getDeletedRecords(sdk, { module, type }) {
    const asked = await params(sdk, 'GetDeletedRecordsParam', { TYPE: type })
    return describeResponse(await of(sdk, module).getDeletedRecords(asked, new sdk.HeaderMap()))
  },

  async countRecords(sdk, { module, params: values }) {
    const asked = await params(sdk, 'RecordCountParam', values)
    return describeResponse(await of(sdk, module).recordCount(asked))
  },

  async getRelatedRecords(sdk, { module, id, list, fields }) {
    const { RelatedRecordsOperations, GetRelatedRecordsParam } = sdk.api(
      'related_records/related_records_operations'
    )
    const asked = await fillMap(new sdk.ParameterMap(), GetRelatedRecordsParam, { FIELDS: fields })
    const related = new RelatedRecordsOperations(list, module)
    return describeResponse(await related.getRelatedRecords(BigInt(id), asked))
  },

  async queryRecords(sdk, { query }) {
    const { CoqlOperations } = sdk.api('coql/coql_operations')
    const { BodyWrapper } = sdk.api('coql/body_wrapper')
    const body = fill(new BodyWrapper(), { SelectQuery: query })
    return describeResponse(await new CoqlOperations().getRecords(body))
  },
}
