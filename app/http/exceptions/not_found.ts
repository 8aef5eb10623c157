import { Exception } from '@adonisjs/core/exceptions'

/** The same answer for what does not exist and for what the asker may not know of. */
export function notFound(): Exception {
  return new Exception('There is nothing at this address, or it is not yours to see.', {
    status: 404,
    code: 'E_NOT_FOUND',
  })
}
