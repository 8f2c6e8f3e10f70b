import * as files from 'node:fs/promises'
import { knownProblems, Problem, type ProblemFacts } from '../platform/problem.ts'
import { openThreads } from '../platform/threads.ts'
import type { Mapping } from './field.ts'
import { readGrids } from './grid.ts'
import { type RollReading, readRoll } from './read-roll.ts'
import { beginningOf } from './school-year.ts'

/** Where a file is, or its bytes; the name tells CSV. Between threads a buffer becomes plain bytes. */
export type ReadTask = {
  readonly name: string
  readonly content: string | Uint8Array
  readonly schoolYear: string
  readonly mapping?: Mapping | undefined
}

/** A refusal passes between threads as its code and facts. */
export type ReadAnswer = { readonly reading: RollReading } | { readonly code: string; readonly facts: ProblemFacts }

/** Reads a roll's file. Throws workbook-…, roll-too-large, school-year-malformed. */
export async function readFile({ name, content, schoolYear, mapping = [] }: ReadTask): Promise<RollReading> {
  const firstYear = beginningOf(schoolYear)
  const bytes =
    typeof content === 'string' ? await files.readFile(content) : Buffer.from(content.buffer, content.byteOffset, content.length)
  return readRoll(await readGrids(bytes, name), firstYear, mapping)
}

export type Readers = { read(task: ReadTask): Promise<RollReading>; close(): Promise<void> }

/** Threads that read many files at once. Refusals are thrown as readFile throws them. */
export function openReaders(count: number): Readers {
  const threads = openThreads<ReadTask, ReadAnswer>(new URL('./reading-thread.ts', import.meta.url), { count })
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
