import { type EventLoopUtilization, performance } from 'node:perf_hooks'

/** Up to this share of its time the site may be busy; from the second on nobody more is let in. */
const [easy, full] = [0.7, 0.95] as const
/** Up to so many milliseconds the provider may take for an answer; from the second on nobody more is let in. */
const [prompt, slow] = [500, 1_500] as const

const between = (value: number, from: number, to: number) => Math.min(1, Math.max(0, (value - from) / (to - from)))

/**
 * How hard it is to keep up, 0 to 1: the site's own share of busy time, or its provider's slowness, whichever is worse.
 */
export const pressureOf = (busy: number, providerTook: number) =>
  Math.max(between(busy, easy, full), between(providerTook, prompt, slow))

/**
 * Milliseconds for which nobody is let in, of the time since this was last asked: so the pace of a queue is what the
 * machine can really do.
 */
export function pressureGauge(provider: { slowest(): number }): () => number {
  let [before, at]: [EventLoopUtilization, number] = [performance.eventLoopUtilization(), performance.now()]
  return () => {
    const [now, since] = [performance.eventLoopUtilization(), performance.now() - at]
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    at += since
    return Math.round(pressureOf(utilization, provider.slowest()) * since)
  }
}
