import type { HttpContext } from '@adonisjs/core/http'
import { readDraftContent } from '#domain/services/draft_content'
import { placed } from '#domain/services/draft_places'
import { scheduleProblems } from '#domain/services/schedule_problems'
import { settled } from '#http/service_builder/settled'
import { spreadText, viewSlots } from '#http/service_builder/slots_view'

export default class BuilderSlotsController {
  async store(ctx: HttpContext) {
    return settled(ctx, async () => {
      const { schedule } = readDraftContent(ctx.request.input('definition'))
      const problems = placed(scheduleProblems(schedule))
      if (schedule === undefined || problems.length > 0)
        return { problems, slots: [], spread: null }
      return { problems, slots: viewSlots(schedule, Date.now()), spread: spreadText(schedule) }
    })
  }
}
