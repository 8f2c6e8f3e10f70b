import { stopwatch } from '../../platform/clock.ts'
import { endSignals, interruptedExit } from '../../platform/last-resort.ts'

/**
 * A terminal sends Ctrl-C to this process and to bin/dinhdanh, which hands it on: within so many milliseconds two are
 * one.
 */
const sameSignalMilliseconds = 400

/**
 * Runs what can be stopped with something in hand: the first signal to end aborts `stopped`, a second one ends the
 * process at once. Whoever was stopped exits with 130, with whatever they do of it.
 */
export async function stoppableOnce<T>(
  run: (stopped: AbortSignal) => Promise<T>,
): Promise<{ readonly value: T; readonly wasStopped: boolean }> {
  const stop = new AbortController()
  let sinceFirst: (() => number) | undefined
  const onSignal = () => {
    if (sinceFirst === undefined) {
      sinceFirst = stopwatch()
      process.exitCode = interruptedExit
      stop.abort()
    } else if (sinceFirst() > sameSignalMilliseconds) process.exit(interruptedExit)
  }
  for (const signal of endSignals) process.on(signal, onSignal)
  const value = await run(stop.signal)
  return { value, wasStopped: stop.signal.aborted }
}
