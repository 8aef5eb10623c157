import { basename } from 'node:path'
import { ConnectorError, defineAction, type ActionInputs, type Context } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { readOutcomes } from '../write/read_outcomes.js'
import type { WriteReply } from '../write/write_reply.js'
import { checked } from './checked.js'
import { MODULE, RECORD_ID } from './inputs.js'
import { multipart, type Part } from './multipart.js'
import { judge, moduleName, recordId } from './problems.js'

const MOST_BYTES = 20 * 1024 * 1024

const given = (inputs: ActionInputs, name: string) =>
  inputs[name] !== null && inputs[name] !== undefined && inputs[name] !== ''

async function fileBytes(ctx: Context, name: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  const stream = await ctx.openFile(name)
  for await (const chunk of stream) {
    size += chunk.length
    if (size > MOST_BYTES) {
      throw new ConnectorError(
        'config',
        `"${name}" is larger than Zoho takes as an attachment: 20 MB.`
      )
    }
    chunks.push(Buffer.from(chunk))
  }
  if (size === 0)
    throw new ConnectorError('config', `"${name}" is empty: Zoho takes no empty file.`)
  return Buffer.concat(chunks)
}

async function partsOf(ctx: Context, inputs: ActionInputs): Promise<Part[]> {
  const title: Part[] = given(inputs, 'title')
    ? [{ name: 'title', content: String(inputs.title) }]
    : []
  if (given(inputs, 'url'))
    return [{ name: 'attachmentUrl', content: String(inputs.url) }, ...title]
  const name = String(inputs.file)
  return [{ name: 'file', fileName: basename(name), content: await fileBytes(ctx, name) }]
}

export const addAttachment = checked(
  defineAction({
    name: 'add_attachment',
    title: 'Add an attachment',
    help: 'Puts a file of up to 20 MB, or a link, under a record. Doing it twice puts two.',
    isWriting: true,
    inputs: [
      MODULE,
      RECORD_ID,
      { name: 'file', title: 'File of this tenant', type: 'file', example: 'offer.pdf' },
      {
        name: 'url',
        title: 'Or a link',
        type: 'text',
        help: 'Zoho keeps the link, not what it leads to.',
        example: 'https://example.com/offer.pdf',
      },
      { name: 'title', title: 'Title of the link', type: 'text' },
    ],
    problems(inputs) {
      const found = judge(inputs, {
        module: moduleName,
        record_id: recordId,
        url: (value) =>
          /^https?:\/\//i.test(String(value)) && URL.canParse(String(value))
            ? null
            : 'A link begins with https:// or http://.',
      })
      if (given(inputs, 'file') && given(inputs, 'url'))
        found.url = 'Give a file or a link, not both.'
      if (!given(inputs, 'file') && !given(inputs, 'url')) found.file = 'Give a file or a link.'
      return found
    },
    async run(ctx, inputs) {
      const { contentType, body } = multipart(await partsOf(ctx, inputs))
      const url = apiUrl(ctx, `/${inputs.module}/${inputs.record_id}/Attachments`)
      const headers = { 'content-type': contentType }
      const request = { method: 'POST' as const, url, headers, body, credits: 1 }
      const reply = await call<WriteReply>(ctx, request, 'write')
      const [outcome] = readOutcomes(reply.body ?? { data: [] }, 1, 'created')
      if ('message' in outcome) throw new ConnectorError('config', outcome.message)
      return { id: outcome.id }
    },
  })
)
