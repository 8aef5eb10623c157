/** What the server of this rank among so many may take of a limit that they cannot count together. */
export function shareOf(limit: number, servers: number, rank: number): number {
  const all = Math.max(1, servers)
  const share = Math.floor(limit / all) + (rank < limit % all ? 1 : 0)
  return Math.max(1, share)
}
