/** A clause that a connector does not keep yet, with the reason. The list may only shrink. */
export interface Waiver {
  connector: string
  clause: string
  reason: string
}

export const waivers: Waiver[] = []
