import type { HttpContext } from '@adonisjs/core/http'
import { heedCall } from '#domain/runs/job_calls'

/** The door of vendors that say a job is over. Their word is not taken: the job is looked at. */
export default class JobCallsController {
  async store({ calledRun, response }: HttpContext) {
    await heedCall(calledRun, Date.now())
    return response.status(204).send(null)
  }
}
