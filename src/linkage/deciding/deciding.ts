/*
 * Deciding. In: rows, each with its candidates, and a model. Decided: who each row is, or that it is nobody of the
 * register, or that a person must look (decide.ts); that one person has one row on a roll (one-to-one.ts), the
 * first of theirs (one-place-each.ts); how sure a link must be (bandsFrom). Out: rows with an outcome, its
 * candidates and its reasons in words (linked.ts, reason.ts); for two files the partners (best-candidates.ts). No
 * deeds: whoever asks records what becomes of it.
 */

import { mapInTurns } from '../../platform/jobs/turns.ts'
import { type Frequencies, frequenciesOf, type NameCounts } from '../comparing/frequencies.ts'
import { typicalModel } from '../comparing/typical-model.ts'
import { bandsOf, hashModel, type LinkageModel } from '../comparing/weights.ts'
import type { LinkRecord } from '../person-record.ts'
import { bestMatch, coverageOf, isWorthKeeping, type Scored, scorePair } from './decide.ts'
import { oneToOne, type ResolvedRow } from './one-to-one.ts'

/**
 * What links the rows of a roll to the persons of a register: learnt weights, and how often values occur in that
 * register.
 */
export type Linker = { readonly model: LinkageModel; readonly frequencies: Frequencies; readonly modelHash: string }

/** Made once for many rolls: it indexes the counts. */
export function makeLinker(counts: NameCounts, model: LinkageModel = typicalModel): Linker {
  return { model, frequencies: frequenciesOf(counts), modelHash: hashModel(model) }
}

const compareRow = (candidatesOf: (row: LinkRecord) => readonly LinkRecord[], linker: Linker) => (row: LinkRecord) => ({
  row,
  scored: scoreCandidates(row, candidatesOf(row), linker),
  hasNumber: row.number !== undefined,
})

type ComparedRow = ReturnType<ReturnType<typeof compareRow>>

function decideRow(compared: readonly ComparedRow[], { model, frequencies }: Linker) {
  const options = { coverage: coverageOf(compared, frequencies), bands: bandsOf(model) }
  return ({ row, scored, hasNumber }: ComparedRow) => ({
    row,
    decision: bestMatch(scored, hasNumber, frequencies, options),
  })
}

/** Links as `link` does, in turns with whatever else the process has to answer. */
export async function linkInTurns(
  rows: readonly LinkRecord[],
  candidatesOf: (row: LinkRecord) => readonly LinkRecord[],
  linker: Linker,
): Promise<ResolvedRow[]> {
  const compared = await mapInTurns(rows, compareRow(candidatesOf, linker))
  return oneToOne(await mapInTurns(compared, decideRow(compared, linker)), linker.model, linker.frequencies)
}

/**
 * Links the rows of one roll, in its order. `candidatesOf` gives what the register answered to blocking's
 * candidateKeys(row); the same record may come twice. A person who is not among them is never found.
 */
export function link(
  rows: readonly LinkRecord[],
  candidatesOf: (row: LinkRecord) => readonly LinkRecord[],
  linker: Linker,
): ResolvedRow[] {
  const compared = rows.map(compareRow(candidatesOf, linker))
  return oneToOne(compared.map(decideRow(compared, linker)), linker.model, linker.frequencies)
}

function scoreCandidates(row: LinkRecord, candidates: readonly LinkRecord[], { model, frequencies }: Linker): Scored[] {
  const [only] = candidates
  if (only === undefined) return []
  if (candidates.length === 1) {
    const one = scorePair(row, only, model, frequencies)
    return isWorthKeeping(one, frequencies) ? [one] : []
  }
  const scored: Scored[] = []
  for (let at = 0; at < candidates.length; at++) {
    const candidate = candidates[at] as LinkRecord
    if (candidates.indexOf(candidate) < at) continue
    const one = scorePair(row, candidate, model, frequencies)
    if (isWorthKeeping(one, frequencies)) scored.push(one)
  }
  return scored
}
