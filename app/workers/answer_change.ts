import type { ChangeAnswers, ChangeQuestion } from './change_questions.js'
import type { OpenConnector } from './connector_context.js'
import { parseRequest, webhooksOf } from './parse_request.js'
import { markOf, readChanged, readDeletedPart } from './sweep_parts.js'

export async function answerChange(
  open: OpenConnector,
  question: ChangeQuestion
): Promise<ChangeAnswers[ChangeQuestion['ask']]> {
  switch (question.ask) {
    case 'subscribe':
      return webhooksOf(open).subscribe(open.ctx, question.channel)
    case 'renew':
      return webhooksOf(open).renew(open.ctx, question.channel, question.handle)
    case 'unsubscribe':
      await webhooksOf(open).unsubscribe(open.ctx, question.handle)
      return null
    case 'parse':
      return question.requests.map((request) => parseRequest(open, request))
    case 'mark':
      return markOf(open, question.stream)
    case 'changed':
      return readChanged(open, question)
    case 'deleted':
      return readDeletedPart(open, question)
  }
}
