import { serveTasks } from '../jobs/worker-pool.ts'
import { setRehearsalMark } from '../pages/rehearsal-mark.ts'
import { Problem } from '../problem.ts'
import type { DrawAnswer, DrawTask } from './drawing-apart.ts'

/** A thread that draws papers. */
serveTasks<DrawTask, DrawAnswer>(async ({ module, name, given, rehearsalDay }) => {
  setRehearsalMark(() => rehearsalDay)
  const draws = (await import(module)) as Record<string, (...given: readonly unknown[]) => Promise<Uint8Array>>
  try {
    const file = await draws[name]?.(...given)
    if (!file) throw new Error(`${module} draws no ${name}`)
    return { file }
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, facts: error.facts }
    throw error
  }
})
