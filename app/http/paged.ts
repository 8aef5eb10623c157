export type Paged<Row> = { rows: Row[]; page: number; lastPage: number; total: number }

interface Pageable<Model> {
  paginate(
    page: number,
    perPage: number
  ): Promise<{ all(): Model[]; lastPage: number; total: number }>
}

const PER_PAGE = 25

/** One page of a query. A page number that makes no sense is the first page. */
export async function paged<Model, Row>(
  query: Pageable<Model>,
  wanted: unknown,
  view: (row: Model) => Row,
  perPage = PER_PAGE
): Promise<Paged<Row>> {
  const number = Number(wanted)
  const page = Number.isSafeInteger(number) && number > 0 ? number : 1
  const result = await query.paginate(page, perPage)
  return {
    rows: result.all().map(view),
    page,
    lastPage: Math.max(1, result.lastPage),
    total: result.total,
  }
}
