/** What a call means to Zoho: whether an answer that got lost may have changed something. */
export type Effect = 'read' | 'write'
