const WORDS: { [route: string]: string } = {
  match_search: 'Search for matches',
  match_index: 'Read what is there, for matches',
}

/** A route as people read it: a connector's is named as its options name it. */
export function routeWords(route: string): string {
  return WORDS[route] ?? route
}
