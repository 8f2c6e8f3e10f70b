import { basename } from 'node:path'
import type { Linker } from '../../linkage/deciding/deciding.ts'
import { type MatchReason, toMatchReason } from '../../linkage/deciding/reason.ts'
import { type Day, formatPartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Authority, OpenWork, Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { RollMapping } from '../field.ts'
import { sortDefects } from '../find-defects.ts'
import { reconcileWithFollowUps } from '../follow-ups/after-comparison.ts'
import { rollProblem } from '../problems.ts'
import { draftRoll, prepareUnwrittenRoll } from '../reading/import.ts'
import type { RollDefect, RollId, RollKind, RowOutcome, RowOutcomeCounts } from '../roll.ts'
import * as store from '../store.ts'
import { findNumbers } from '../store-person.ts'
import * as rows from '../store-row.ts'

/**
 * A row of `roll check --json` (interfaces.md), without its needs. The caller adds these by `personId`, which is not
 * printed.
 */
export type ReconciledRow = {
  readonly sheet: string
  readonly row: number
  readonly name: string
  readonly class: string | null
  readonly birth_date: string | null
  readonly given_number: string | null
  readonly outcome: RowOutcome
  readonly person_number?: string
  readonly probability: number
  readonly reasons: readonly MatchReason[]
  readonly defects: readonly RollDefect[]
  readonly candidates?: readonly { readonly person_number: string | null; readonly probability: number }[]
  readonly personId?: Id<'person'>
}

export type ReconciledRoll = {
  readonly roll: {
    readonly id: RollId
    readonly school: string
    readonly schoolYear: string
    readonly asOf: Day
    readonly file: string
  }
  readonly counts: RowOutcomeCounts
  readonly rows: readonly ReconciledRow[]
  readonly notPupils: readonly { readonly sheet: string; readonly row: number; readonly reason: string }[]
}

export type RollImportOptions = {
  readonly schoolCode: string
  readonly schoolYear: string
  readonly kind?: RollKind | undefined
  readonly asOf?: Day | undefined
  readonly mapping?: RollMapping | undefined
  readonly linker?: Linker | undefined
  readonly onProgress?: ((share: number) => void) | undefined
}

/**
 * Imports a roll, compares it, and describes the result. It is one transaction, so that a roll which cannot be read
 * leaves nothing behind.
 */
export async function importAndReconcile(
  openWork: OpenWork,
  standing: Authority,
  path: string,
  options: RollImportOptions,
): Promise<ReconciledRoll> {
  const id = await openWork(standing, work => importAndReconcileIn(work, path, options))
  return openWork(standing, work => describeReconciledRoll(work, id))
}

async function importAndReconcileIn(
  work: Work,
  path: string,
  { schoolCode, schoolYear, kind, asOf = work.today, mapping, linker, onProgress }: RollImportOptions,
): Promise<RollId> {
  const school = await units.findSchool(work, schoolCode)
  if (!school) throw rollProblem('school-not-here', { school: schoolCode })
  const { roll, reading } = await draftRoll(
    work,
    { name: basename(path), content: path },
    { schoolId: school.id, schoolYear, kind, asOf, mapping },
  )
  await reconcileWithFollowUps(work, roll.id, {
    linker,
    onProgress,
    unwritten: await prepareUnwrittenRoll(work, roll, reading),
  })
  return roll.id
}

/** The result for each row of a roll, in the format of interfaces.md. */
export async function describeReconciledRoll(work: Work, id: RollId): Promise<ReconciledRoll> {
  const roll = await store.findRoll(work, id)
  if (!roll) throw rollProblem('roll-unknown')
  const school = await units.getSchool(work, roll.schoolId)
  const lines = await rows.findReportedRows(work, id)
  const found = (await rows.findCandidates(work, id)).filter(({ isDoubt }) => !isDoubt)
  const candidates = Map.groupBy(found, ({ place }) => place)
  const people = new Set([
    ...lines.flatMap(({ personId }) => personId ?? []),
    ...[...candidates.values()].flat().map(({ personId }) => personId),
  ])
  const numbers = await findNumbers(work, [...people])
  const { left = [] } = ((await store.findReading(work, id)) ?? {}) as { left?: ReconciledRoll['notPupils'] }
  return {
    roll: { id, school: school.code, schoolYear: roll.schoolYear, asOf: roll.asOf, file: roll.fileName },
    counts: await store.countOutcomes(work, id),
    rows: lines.map(line => ({
      sheet: line.sheet,
      row: line.sheetRow,
      name: line.name,
      class: line.class ?? null,
      birth_date: line.birth ? formatPartialDay(line.birth) : null,
      given_number: line.givenNumber || null,
      outcome: line.outcome ?? 'not-found',
      ...(line.personId && numbers.get(line.personId) && { person_number: numbers.get(line.personId)! }),
      probability: line.probability ?? 0,
      reasons: line.reasons.map(toMatchReason),
      defects: sortDefects(line.defects),
      ...(line.outcome === 'review' && {
        candidates: (candidates.get(line.place) ?? []).map(({ personId, probability }) => ({
          person_number: numbers.get(personId) ?? null,
          probability,
        })),
      }),
      ...(line.personId && { personId: line.personId }),
    })),
    notPupils: left,
  }
}
