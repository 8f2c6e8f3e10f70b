import type { Log } from './log.ts'

/** Milliseconds in which the last line of the log reaches its file before the process ends. */
const lastWords = 100

/**
 * A fault that nothing caught is logged with its cause before the process ends: what is in doubt then is begun anew, by
 * whoever started the process, and the database keeps what was committed.
 */
export function logLastFaults(log: Log): void {
  let ending = false
  const end = (error: unknown, origin: string) => {
    log.fatal({ err: error, origin }, 'a fault that nothing caught: the process ends')
    if (ending) return
    ending = true
    setTimeout(() => process.exit(1), lastWords)
  }
  process.on('uncaughtException', end)
}
