import type { LimitOptions } from './limit_options.js'

type Range = readonly [number, number]

const PER_TEN: Range = [1, 10]

/** Least and most that a call may cost, by the route's method and path; a single credit for others. */
export function creditRange(name: string, options: LimitOptions): Range {
  const fixed = (credits: number): Range => [credits, credits]
  switch (name) {
    case 'POST /crm/{module}':
    case 'PUT /crm/{module}':
    case 'POST /crm/{module}/upsert':
    case 'POST /crm/Notes':
    case 'POST /crm/{module}/{id}/Notes':
      return PER_TEN
    case 'GET /crm/{module}':
      return [1, Math.max(1, options.viewCredits, options.sortedCredits)]
    case 'POST /crm/{module}/actions/add_tags':
    case 'POST /crm/{module}/actions/remove_tags':
      return [1, 2]
    case 'POST /crm/Leads/{id}/actions/convert':
      return fixed(options.convertCredits)
    case 'POST /crm/coql':
      return [1, 3]
    case 'POST /crm/bulk/read':
      return fixed(options.bulkReadCredits)
    case 'POST /crm/bulk/write':
      return fixed(options.bulkWriteCredits)
    case 'POST /crm/upload':
      return fixed(options.uploadCredits)
    case 'GET /crm/bulk/read/{job}':
    case 'GET /crm/bulk/write/{job}':
      return fixed(options.pollCredits)
    case 'GET /crm/bulk/read/{job}/result':
    case 'GET /{version}/crm/{org}/bulk-write/{job}/{file}':
      return fixed(options.downloadCredits)
    case 'POST /crm/__composite_requests':
      return [options.compositeCredits, options.compositeCredits + 5 * 10]
    default:
      return fixed(1)
  }
}
