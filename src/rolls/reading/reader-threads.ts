import { openWorkerPool } from '../../platform/jobs/worker-pool.ts'
import { knownProblems, Problem } from '../../platform/problem.ts'
import type { RollReading } from './read-roll.ts'
import type { ReadAnswer, ReadTask } from './reading.ts'

export type RollReaders = { read(task: ReadTask): Promise<RollReading>; close(): Promise<void> }

/** Threads that read many files at once. Refusals are thrown as readFile throws them. */
export function openRollReaders(count: number): RollReaders {
  const threads = openWorkerPool<ReadTask, ReadAnswer>(new URL('./reading-thread.ts', import.meta.url), { count })
  return {
    async read(task) {
      const answer = await threads.ask(task)
      if ('reading' in answer) return answer.reading
      const kind = knownProblems().get(answer.code)
      throw kind ? new Problem(answer.code, kind, answer.facts) : new Error(answer.code)
    },
    close: threads.close,
  }
}
