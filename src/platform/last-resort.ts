import type { Log } from './log.ts'

/** Ctrl-C, the end of a service, and a terminal that is closed. */
export const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What a process that was told to end exits with, as shells have it (128 and SIGINT). */
export const interruptedExit = 130

/** Aborted by the first signal to end; later ones change nothing. */
export function interruption(): AbortSignal {
  const told = new AbortController()
  for (const signal of endSignals) process.on(signal, () => told.abort())
  return told.signal
}

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
