/** Results of bulk reads are kept for a day. */
export const resultLife = 24 * 60 * 60 * 1000
