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

export const aggregates = ['SUM', 'MIN', 'MAX', 'AVG', 'COUNT'] as const

export type CoqlAggregate = (typeof aggregates)[number]

/** A column that is asked for, maybe as a figure over many rows. */
export interface CoqlTerm {
  column: string
  aggregate: CoqlAggregate | null
}

export interface CoqlQuery {
  terms: (CoqlTerm & { alias: string | null })[]
  module: string
  /** Id of the custom view among whose rows the query looks. */
  view: string | null
  where: CoqlCondition
  groupBy: string[]
  orderBy: (CoqlTerm & { isAscending: boolean })[]
  limit: number
  offset: number
}
