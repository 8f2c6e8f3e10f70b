import { serveTasks } from '../../platform/jobs/worker-pool.ts'
import { Problem } from '../../platform/problem.ts'
import { type ReadAnswer, type ReadTask, readFile } from './reading.ts'

/** A thread that reads rolls. */
serveTasks<ReadTask, ReadAnswer>(async task => {
  try {
    return { reading: await readFile(task) }
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, facts: error.facts }
    throw error
  }
})
