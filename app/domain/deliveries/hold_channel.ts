import Channel from '#domain/deliveries/channel'

const HOLD = 5 * 60_000

/** Has a channel to oneself while `work` is done; null when another server has it. */
export async function holdChannel<Result>(
  id: string,
  work: (channel: Channel) => Promise<Result>
): Promise<Result | null> {
  const now = Date.now()
  const held = await Channel.query()
    .where('id', id)
    .where('heldUntil', '<=', now)
    .update({ heldUntil: now + HOLD })
  if (Number(held) !== 1) return null
  try {
    return await work(await Channel.findOrFail(id))
  } finally {
    await Channel.query().where('id', id).update({ heldUntil: 0 })
  }
}
