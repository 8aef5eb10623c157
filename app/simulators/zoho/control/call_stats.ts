export class CallStats {
  calls = 0
  readonly byEndpoint: Record<string, { calls: number; credits: number }> = {}
  readonly refused: Record<string, number> = {}

  count(endpoint: string, credits: number) {
    const seen = (this.byEndpoint[endpoint] ??= { calls: 0, credits: 0 })
    seen.calls += 1
    seen.credits += credits
  }

  refund(endpoint: string, credits: number) {
    const seen = this.byEndpoint[endpoint]
    if (seen) seen.credits -= credits
  }

  refuse(code: string) {
    this.refused[code] = (this.refused[code] ?? 0) + 1
  }
}
