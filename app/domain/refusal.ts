/** What was asked cannot be done, and the message tells the asker what, where and how to mend it. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly problems: string[]

  constructor(message: string, problems: string[] = []) {
    super([message, ...problems.map((problem) => `  - ${problem}`)].join('\n'))
    this.problems = problems
  }
}
