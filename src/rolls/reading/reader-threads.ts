import { openWorkerPool, TaskLimitError, type WorkerPool } from '../../platform/jobs/worker-pool.ts'
import { knownProblems, Problem } from '../../platform/problem.ts'
import { rollReading } from '../law.ts'
import { rollProblem } from '../problems.ts'
import type { RollReading } from './read-roll.ts'
import type { ReadAnswer, ReadTask } from './reading.ts'

export type RollReaders = { read(task: ReadTask): Promise<RollReading>; close(): Promise<void> }

const script = new URL('./reading-thread.ts', import.meta.url)

function readingOf(answer: ReadAnswer): RollReading {
  if ('reading' in answer) return answer.reading
  const kind = knownProblems().get(answer.code)
  throw kind ? new Problem(answer.code, kind, answer.facts) : new Error(answer.code)
}

/** Threads that read many files at once. Refusals are thrown as readFile throws them. */
export function openRollReaders(count: number): RollReaders {
  const threads = openWorkerPool<ReadTask, ReadAnswer>(script, { count })
  return {
    read: async task => readingOf(await threads.ask(task)),
    close: threads.close,
  }
}

let sent: WorkerPool<ReadTask, ReadAnswer> | undefined

/**
 * Reads a file that somebody sent in a thread with a limit of time and memory, so that nobody else waits for it. Throws
 * what readFile throws, roll-takes-too-long and roll-readers-busy.
 */
export async function readSentFile(task: ReadTask): Promise<RollReading> {
  sent ??= openWorkerPool<ReadTask, ReadAnswer>(script, {
    count: rollReading.threads,
    limit: { milliseconds: rollReading.seconds * 1000, waiting: rollReading.waiting },
  })
  try {
    return readingOf(await sent.ask(task))
  } catch (error) {
    if (!(error instanceof TaskLimitError)) throw error
    throw rollProblem(error.limit === 'waiting' ? 'roll-readers-busy' : 'roll-takes-too-long')
  }
}
