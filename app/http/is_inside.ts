/** Whether a path leads to a page of this server: "//host" and "/\host" lead away. */
export function isInside(path: unknown): path is string {
  return typeof path === 'string' && /^\/(?![/\\])/.test(path)
}
