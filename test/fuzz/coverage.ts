import { Session } from 'node:inspector/promises'

/**
 * Which parts of the program ran, as V8 counts them: an input that reaches a part of src/ for the first time is worth
 * changing further.
 */
export type Coverage = {
  /** How many parts of src/ ran for the first time since this was last asked. */
  fresh(): Promise<number>
  seen(): number
  close(): void
}

export async function openCoverage(): Promise<Coverage> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const known = new Set<string>()
  return {
    async fresh() {
      const { result } = await session.post('Profiler.takePreciseCoverage')
      const before = known.size
      for (const { url, scriptId, functions } of result)
        if (url.includes('/src/'))
          for (const { ranges } of functions)
            for (const { count, startOffset, endOffset } of ranges)
              if (count > 0) known.add(`${scriptId} ${startOffset} ${endOffset}`)
      return known.size - before
    },
    seen: () => known.size,
    close() {
      session.disconnect()
    },
  }
}
