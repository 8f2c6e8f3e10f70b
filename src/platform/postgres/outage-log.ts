import { stopwatch } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Problem } from '../problem.ts'
import { findOutage, isOfWholeDatabase } from '../problems-database.ts'
import type { Work } from '../work.ts'

/**
 * An outage of the database in two lines of the log, however many works it fails: when it began and why, and when it
 * was over, after how long and how many.
 */
export type OutageLog = {
  failed(error: unknown): void
  committed(work: Pick<Work, 'deeds' | 'readings'>): void
}

/** Works that only read still succeed where nothing can be written. */
const isOfWriting = ({ code }: Problem) => code === 'database-read-only' || code === 'database-full'

const reasonOf = ({ cause, message }: Problem) => (cause instanceof Error ? cause.message : message)

export function openOutageLog(log: Pick<Log, 'error' | 'warn'>): OutageLog {
  let outage: { readonly problem: Problem; readonly since: () => number; failed: number } | undefined
  return {
    failed(error) {
      const problem = findOutage(error)
      if (!problem || !isOfWholeDatabase(problem.code)) return
      if (!outage) {
        log.error({ code: problem.code, reason: reasonOf(problem) }, 'the database is out of order: works are refused')
        outage = { problem, since: stopwatch(), failed: 0 }
      }
      outage.failed += 1
    },
    committed({ deeds, readings }) {
      if (!outage || (isOfWriting(outage.problem) && deeds.length === 0 && readings.count === 0)) return
      const seconds = Math.round(outage.since() / 1000)
      log.warn({ code: outage.problem.code, seconds, refused: outage.failed }, 'the database works again')
      outage = undefined
    },
  }
}
