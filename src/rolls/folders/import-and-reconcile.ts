import { basename } from 'node:path'
import type { Linker } from '../../linkage/deciding/deciding.ts'
import { type Reason, sayReason } from '../../linkage/deciding/reason.ts'
import { type Day, formatPartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { OpenWork, Standing, Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { inOrder } from '../defect.ts'
import { reconcileAndFollow } from '../errands/follow.ts'
import type { Mapping } from '../field.ts'
import { rollProblem } from '../problems.ts'
import { draftRoll, takeInUnwritten } from '../reading/import.ts'
import type { Counts, Defect, Outcome, RollId, RollKind } from '../roll.ts'
import * as store from '../store.ts'
import { numbersOf } from '../store-person.ts'
import * as rows from '../store-row.ts'

/**
 * A row of `roll check --json` (interfaces.md), without its needs. The caller adds these by `personId`, which is not
 * printed.
 */
export type CheckedRow = {
  readonly sheet: string
  readonly row: number
  readonly name: string
  readonly class: string | null
  readonly birth_date: string | null
  readonly given_number: string | null
  readonly outcome: Outcome
  readonly person_number?: string
  readonly probability: number
  readonly reasons: readonly Reason[]
  readonly defects: readonly Defect[]
  readonly candidates?: readonly { readonly person_number: string | null; readonly probability: number }[]
  readonly personId?: Id<'person'>
}

export type CheckedRoll = {
  readonly roll: {
    readonly id: RollId
    readonly school: string
    readonly schoolYear: string
    readonly asOf: Day
    readonly file: string
  }
  readonly counts: Counts
  readonly rows: readonly CheckedRow[]
  readonly notPupils: readonly { readonly sheet: string; readonly row: number; readonly reason: string }[]
}

export type Checking = {
  readonly schoolCode: string
  readonly schoolYear: string
  readonly kind?: RollKind | undefined
  readonly asOf?: Day | undefined
  readonly mapping?: Mapping | undefined
  readonly linker?: Linker | undefined
  readonly onProgress?: ((share: number) => void) | undefined
}

/**
 * Imports a roll, compares it, and describes the result. It is one transaction, so that a roll which cannot be read
 * leaves nothing behind.
 */
export async function checkRoll(
  openWork: OpenWork,
  standing: Standing,
  path: string,
  checking: Checking,
): Promise<CheckedRoll> {
  const id = await openWork(standing, work => importAndReconcile(work, path, checking))
  return openWork(standing, work => checked(work, id))
}

async function importAndReconcile(
  work: Work,
  path: string,
  { schoolCode, schoolYear, kind, asOf = work.today, mapping, linker, onProgress }: Checking,
): Promise<RollId> {
  const school = await units.findSchool(work, schoolCode)
  if (!school) throw rollProblem('school-not-here', { school: schoolCode })
  const { roll, reading } = await draftRoll(
    work,
    { name: basename(path), content: path },
    { schoolId: school.id, schoolYear, kind, asOf, mapping },
  )
  await reconcileAndFollow(work, roll.id, { linker, onProgress, unwritten: await takeInUnwritten(work, roll, reading) })
  return roll.id
}

/** The result for each row of a roll, in the format of interfaces.md. */
export async function checked(work: Work, id: RollId): Promise<CheckedRoll> {
  const roll = await store.findRoll(work, id)
  if (!roll) throw rollProblem('roll-unknown')
  const school = await units.getSchool(work, roll.schoolId)
  const lines = await rows.toldRows(work, id)
  const found = (await rows.candidatesOf(work, id)).filter(({ isDoubt }) => !isDoubt)
  const candidates = Map.groupBy(found, ({ place }) => place)
  const people = new Set([
    ...lines.flatMap(({ personId }) => personId ?? []),
    ...[...candidates.values()].flat().map(({ personId }) => personId),
  ])
  const numbers = await numbersOf(work, [...people])
  const { left = [] } = ((await store.readingOf(work, id)) ?? {}) as { left?: CheckedRoll['notPupils'] }
  return {
    roll: { id, school: school.code, schoolYear: roll.schoolYear, asOf: roll.asOf, file: roll.fileName },
    counts: await store.countsOf(work, id),
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
      reasons: line.reasons.map(sayReason),
      defects: inOrder(line.defects),
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
