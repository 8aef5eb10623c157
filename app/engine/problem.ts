/** What is wrong with a service's definition, and how to mend it. `where` is like "mapping[2].formula". */
export interface Problem {
  where: string
  message: string
}
