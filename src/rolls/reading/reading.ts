/**
 * A workbook becomes rows. In: a school's file, with sheets of any shape. Decided: which columns hold what, which lines
 * are pupils', and which commune a written residence names. Out: rows that are not linked to persons yet, and a list of
 * what was left out and why. A draft counts only once its rows are imported. Deeds: roll.imported; the front door
 * records roll.sent.
 */
import * as files from 'node:fs/promises'
import type { ProblemFacts } from '../../platform/problem.ts'
import type { RollMapping } from '../field.ts'
import { getFirstYear } from '../school-year.ts'
import { readGrids } from './grid.ts'
import { type RollReading, readRoll } from './read-roll.ts'

/** The path of a file, or its bytes; the content tells the format. Between threads a buffer becomes plain bytes. */
export type ReadTask = {
  readonly name: string
  readonly content: string | Uint8Array
  readonly schoolYear: string
  readonly mapping?: RollMapping | undefined
}

/** A refusal passes between threads as its code and facts. */
export type ReadAnswer = { readonly reading: RollReading } | { readonly code: string; readonly facts: ProblemFacts }

/** Reads a roll's file. Throws workbook-…, roll-too-large, school-year-malformed. */
export async function readFile({ content, schoolYear, mapping = [] }: ReadTask): Promise<RollReading> {
  const firstYear = getFirstYear(schoolYear)
  const bytes =
    typeof content === 'string'
      ? await files.readFile(content)
      : Buffer.from(content.buffer, content.byteOffset, content.length)
  return readRoll(await readGrids(bytes), firstYear, mapping)
}
