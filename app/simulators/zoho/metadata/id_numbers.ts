/** Where the numbers of each kind of id begin, so that none meets another. */
export const idNumbers = {
  users: 101,
  profiles: 501,
  roles: 601,
  modules: 1_000,
  fields: 2_000,
  layouts: 20_000,
  sections: 22_000,
  pipelines: 24_000,
  relatedLists: 30_000,
  customViews: 60_000,
  picklistValues: 900_000_000,
  links: 800_000_000,
  tags: 700_000_000,
}

const MOST_FIELDS_PER_MODULE = 200

/** The number of a field in the whole org. */
export const fieldNumber = (modulePosition: number, fieldPosition: number) =>
  modulePosition * MOST_FIELDS_PER_MODULE + fieldPosition
