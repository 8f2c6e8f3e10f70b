/** The one place in src/ that reads the clock; everything else is given its moment by a Work (house.md 5). */
export const now = () => new Date()

/** Milliseconds that only grow, for durations. */
export const stopwatch = () => {
  const start = performance.now()
  return () => performance.now() - start
}
