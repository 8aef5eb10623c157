export type CoqlComparator =
  | '='
  | '!='
  | '>'
  | '>='
  | '<'
  | '<='
  | 'like'
  | 'not like'
  | 'in'
  | 'not in'
  | 'between'
  | 'not between'
  | 'is null'
  | 'is not null'

export interface CoqlLiteral {
  kind: 'text' | 'number' | 'boolean'
  /** Numbers stay texts, since ids are longer than a number is exact. */
  text: string
}

export interface CoqlComparison {
  kind: 'compare'
  column: string
  comparator: CoqlComparator
  values: CoqlLiteral[]
}

export type CoqlCondition =
  CoqlComparison | { kind: 'and' | 'or'; left: CoqlCondition; right: CoqlCondition }

export interface CoqlQuery {
  columns: string[]
  module: string
  where: CoqlCondition
  orderBy: { column: string; isAscending: boolean }[]
  limit: number
  offset: number
}
