/** Until a number no longer grows. */
export async function untilStill(count: () => number): Promise<void> {
  for (let [last, still] = [count(), 0]; still < 50; still = count() === last ? still + 1 : 0) {
    last = count()
    await new Promise(setImmediate)
  }
}
