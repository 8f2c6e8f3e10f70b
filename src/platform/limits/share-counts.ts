import { setTimeout } from 'node:timers/promises'
import { stopwatch } from '../clock.ts'
import { newId } from '../ids.ts'
import type { Log } from '../log.ts'
import { findOutage } from '../problems-database.ts'
import { asSystem, type OpenWork } from '../work.ts'
import { sharedCounts } from './law.ts'
import { minuteCountsOf, type NameOf } from './minute-counts.ts'
import { exchangeCounts, forgetServerProcess, noteServerProcess } from './store-shared-counts.ts'

export { type ServerProcess, serverProcesses } from './store-shared-counts.ts'

const asCounter = asSystem('none')

/**
 * Says that this process serves, and shares what it counts a minute with the others that do; alone it shares nothing.
 * While the database is away each counts by itself. `place`: machine and port. `nameOf`: of what is counted, in no form
 * that others can read.
 */
export function shareCounts(
  openWork: OpenWork,
  { place, nameOf, log }: { readonly place: string; readonly nameOf: NameOf; readonly log: Log },
): { stop(): Promise<void> } {
  const counts = minuteCountsOf(openWork)
  const id = newId<'process'>()
  const stopping = new AbortController()
  const { signal } = stopping
  let [others, saidAlive] = [0, stopwatch()]
  let isFirst = true

  async function exchange(): Promise<void> {
    const isDue = isFirst || saidAlive() >= sharedCounts.aliveEverySeconds * 1000
    if (!isDue && others === 0) return
    const news = others > 0 ? counts.takeNews(nameOf) : []
    await openWork(asCounter, async work => {
      if (isDue) others = await noteServerProcess(work, id, place)
      counts.learn(others > 0 ? await exchangeCounts(work, id, news) : [], nameOf)
    })
    if (isDue) saidAlive = stopwatch()
    isFirst = false
  }

  const sharing = (async () => {
    while (!signal.aborted) {
      await exchange().catch(error => {
        // An outage of the database is told once, elsewhere.
        if (!signal.aborted && !findOutage(error)) log.error({ err: error }, 'counts were not shared')
      })
      await setTimeout(sharedCounts.everySeconds * 1000, undefined, { signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await sharing
      await openWork(asCounter, work => forgetServerProcess(work, id)).catch(() => undefined)
    },
  }
}
