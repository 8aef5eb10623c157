import type { LinkRows } from '#engine/ledger'

/** Rows of links as they cross from thread to thread: one text, which costs half of what its texts do one by one. */
export type WireLinks = string & { readonly links: unique symbol }

export function packLinks(links: LinkRows): WireLinks {
  return JSON.stringify(links) as WireLinks
}

export function unpackLinks(links: WireLinks): LinkRows {
  return JSON.parse(links) as LinkRows
}
