import type { Day } from '../day.ts'
import { openWorkerPool, TaskLimitError, type WorkerPool } from '../jobs/worker-pool.ts'
import { dayOfRehearsal } from '../pages/rehearsal-mark.ts'
import { knownProblems, Problem, type ProblemFacts } from '../problem.ts'
import { paperDrawing } from './law.ts'
import { paperProblem } from './problems.ts'

/**
 * Draws a paper of many pages in a thread, so that nobody else waits for it. In: the module and the name of what draws,
 * and what can pass between threads. Decided: nothing. Out: the file, or the refusal with which it was drawn.
 */

type Draw = (...given: never[]) => Promise<Uint8Array>

export type DrawTask = {
  readonly module: string
  readonly name: string
  readonly given: readonly unknown[]
  /** Of a rehearsal: its day, with which each sheet is marked. */
  readonly rehearsalDay: Day | undefined
}

/** A refusal passes between threads as its code and facts. */
export type DrawAnswer = { readonly file: Uint8Array } | { readonly code: string; readonly facts: ProblemFacts }

let threads: WorkerPool<DrawTask, DrawAnswer> | undefined

function drawnFileOf(answer: DrawAnswer): Buffer {
  if ('file' in answer) return Buffer.from(answer.file.buffer, answer.file.byteOffset, answer.file.length)
  const kind = knownProblems().get(answer.code)
  throw kind ? new Problem(answer.code, kind, answer.facts) : new Error(answer.code)
}

/**
 * What `name` of a module gives: `drawApart<typeof drawSlips>(new URL('./slips.ts', import.meta.url), 'drawSlips', …)`.
 * Throws what it throws, paper-takes-too-long and papers-busy.
 */
export async function drawApart<Drawing extends Draw>(
  module: URL,
  name: string,
  ...given: Parameters<Drawing>
): Promise<Buffer> {
  threads ??= openWorkerPool<DrawTask, DrawAnswer>(new URL('./drawing-thread.ts', import.meta.url), {
    count: paperDrawing.threads,
    limit: { milliseconds: paperDrawing.seconds * 1000, waiting: paperDrawing.waiting },
  })
  try {
    return drawnFileOf(await threads.ask({ module: module.href, name, given, rehearsalDay: dayOfRehearsal() }))
  } catch (error) {
    if (!(error instanceof TaskLimitError)) throw error
    throw paperProblem(error.limit === 'waiting' ? 'papers-busy' : 'paper-takes-too-long')
  }
}
