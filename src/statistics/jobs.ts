import { setTimeout } from 'node:timers/promises'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import type { Log } from '../platform/log.ts'
import { findOutage } from '../platform/problems-database.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { isAnyDue, recountDue, verifyCounts } from './balances/balances.ts'

const recountJob = 'recount'

/** What is counted by itself each night: everyone, from the facts. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [recountJob]: async (_payload, { log }) => {
    for (const { campaign, differed, totals } of await verifyCounts(openWork))
      if (differed + totals > 0)
        log.warn({ campaign, differed, totals }, 'a recount found other figures, and mended them')
  },
})

/** UTC: half past one at night in the province. */
export const crontab: Crontab = { [recountJob]: '30 18 * * *' }

const second = 1000

/**
 * Recounts the persons due about every second until stopped. Several processes may run it: only one counts at a time.
 */
export function keepCounting(openWork: OpenWork, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const keep = async () => {
    while (!signal.aborted) {
      try {
        while (!signal.aborted && (await openWork(asSystem('statistics'), isAnyDue)))
          if (!(await recountDue(openWork)).more) break
      } catch (error) {
        // An outage of the database is told once, elsewhere.
        if (!signal.aborted && !findOutage(error)) log.error({ err: error }, 'counting failed, and is tried again')
      }
      await setTimeout(second, undefined, { signal }).catch(() => undefined)
    }
  }
  const kept = keep()
  return {
    async stop() {
      stopping.abort()
      await kept
    },
  }
}
