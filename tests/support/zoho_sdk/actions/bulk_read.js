import { describeResponse } from '../describe_object.js'
import { fill } from '../build_request.js'

const operations = (sdk) => {
  const { BulkReadOperations } = sdk.api('bulk_read/bulk_read_operations')
  return new BulkReadOperations()
}

function criteriaOf(sdk, { field, comparator, value, operator, group }) {
  const { Criteria } = sdk.api('bulk_read/criteria')
  const { MinifiedField } = sdk.api('fields/minified_field')
  const { Choice } = sdk.part('utils/util/choice')
  return fill(new Criteria(), {
    Field: field && fill(new MinifiedField(), { APIName: field }),
    Comparator: comparator && new Choice(comparator),
    Value: value,
    GroupOperator: operator && new Choice(operator),
    Group: group?.map((inner) => criteriaOf(sdk, inner)),
  })
}

function queryOf(sdk, { module, fields, criteria, page }) {
  const { Query } = sdk.api('bulk_read/query')
  const { MinifiedModule } = sdk.api('modules/minified_module')
  return fill(new Query(), {
    Module: fill(new MinifiedModule(), { APIName: module }),
    Fields: fields,
    Criteria: criteria && criteriaOf(sdk, criteria),
    Page: page,
  })
}

export const bulkRead = {
  async createBulkRead(sdk, query) {
    const { BodyWrapper } = sdk.api('bulk_read/body_wrapper')
    const body = fill(new BodyWrapper(), { Query: queryOf(sdk, query) })
    return describeResponse(await operations(sdk).createBulkReadJob(body))
  },

  async getBulkRead(sdk, { id }) {
    return describeResponse(await operations(sdk).getBulkReadJobDetails(BigInt(id)))
  },

  async downloadBulkRead(sdk, { id }) {
    return describeResponse(await operations(sdk).downloadResult(BigInt(id)))
  },
}
