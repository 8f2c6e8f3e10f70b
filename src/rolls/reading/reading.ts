/**
 * A workbook becomes rows. A school's file comes in, whatever its sheets look like. This room decides which columns
 * hold what, which lines are pupils', and which commune a written residence names. Rows as they are kept go out, not
 * linked to anybody yet, with a list of what was left out and why. A draft counts for nothing until its rows are taken
 * in. Records roll.imported; roll.sent is recorded at the front door.
 */
import * as files from 'node:fs/promises'
import type { ProblemFacts } from '../../platform/problem.ts'
import type { Mapping } from '../field.ts'
import { beginningOf } from '../school-year.ts'
import { readGrids } from './grid.ts'
import { type RollReading, readRoll } from './read-roll.ts'

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
    typeof content === 'string'
      ? await files.readFile(content)
      : Buffer.from(content.buffer, content.byteOffset, content.length)
  return readRoll(await readGrids(bytes, name), firstYear, mapping)
}
