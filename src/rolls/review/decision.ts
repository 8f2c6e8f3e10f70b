import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { closeAccessCases } from '../access-cases.ts'
import { defectsOfRowAlone, defectsWithoutPerson, sortDefects } from '../find-defects.ts'
import { rollProblem } from '../problems.ts'
import { claimRow, releaseRow } from '../queue/claim.ts'
import { endDecidedReferral, reopenReferral, withRowInHand } from '../queue/referral.ts'
import { queueDoubts } from '../reconciling/doubts-job.ts'
import { reassignDuplicatesOnRoll } from '../reconciling/duplicates-on-roll.ts'
import { shownFactsOf } from '../register-facts.ts'
import type { ReviewDecision, RollId, RowOutcomeCounts } from '../roll.ts'
import type { RollRow } from '../row.ts'
import * as store from '../store.ts'
import { clearDecision, deleteRefusals, insertRefusals, setDecision } from '../store-decision.ts'
import { type FoundRollRow, insertEntryEvents, writeFoundRows } from '../store-outcome.ts'
import * as rows from '../store-row.ts'

export type DecisionInput =
  | { readonly decision: 'same'; readonly personId: register.PersonId }
  | { readonly decision: 'different' | 'later' }

export type DecisionResult = { readonly row: RollRow; readonly counts: RowOutcomeCounts }

/** The roll and one of its rows, held against another officer at the same moment. */
async function holdRollAndRow(work: Work, rollId: RollId, place: number) {
  if (!(await store.holdRoll(work, rollId))) throw rollProblem('roll-unknown')
  const roll = await store.findRoll(work, rollId)
  if (!roll) throw rollProblem('roll-unknown')
  if (roll.state !== 'reconciled') throw rollProblem('roll-not-reconciled')
  if (!roll.inForce) throw rollProblem('roll-replaced')
  const row = await rows.findRow(work, rollId, place)
  if (!row) throw rollProblem('roll-row-unknown')
  return { roll, row }
}

/**
 * Says who a row is: one of its candidates, none of them, or that the school has to be asked first. The register itself
 * stays as it is.
 */
async function setRowDecision(
  work: Work,
  rollId: RollId,
  place: number,
  input: DecisionInput,
): Promise<DecisionResult> {
  const { roll, row } = await holdRollAndRow(work, rollId, place)
  const candidates = await rows.findCandidates(work, rollId, place)
  const chosen = input.decision === 'same' ? input.personId : undefined
  if (chosen && chosen !== row.personId && !candidates.some(({ personId }) => personId === chosen))
    throw rollProblem('candidate-unknown')

  const machine = (await rows.findMachineOutcome(work, rollId, place)) ?? {
    outcome: row.outcome ?? 'review',
    personId: row.personId,
    ...(row.withheldId && { withheldId: row.withheldId }),
    probability: row.probability ?? 0,
    opened: (await register.accessOpeningsOf(work, row.id)).map(({ kind, personId }) => [kind, personId]),
  }
  await deleteRefusals(work, row.id, chosen)
  await writeFoundRows(work, rollId, [{ ...foundByDecision(row, input), contested: false, found: machine }])
  await setDecision(work, rollId, { place, decision: input.decision, by: work.by.id, at: work.now, on: work.today })
  if (input.decision === 'different')
    await insertRefusals(
      work,
      row,
      affectedPersons(row.personId, ...(await noteCandidatesSeen(work, roll, candidates))),
    )
  await insertEntryEvents(work, rollId, [{ place, why: 'decided', before: row }])
  await openDecidedPerson(work, roll, row, input)
  await reassignDuplicatesOnRoll(work, roll, affectedPersons(row.personId, row.withheldId, chosen))
  await queueDoubts(work, roll)
  await audit.record(
    work,
    'roll-row.decided',
    { kind: 'roll-row', id: row.id, unitId: row.schoolId, ...(chosen && { personId: chosen }) },
    { rollId, place, decision: input.decision },
  )
  return decidedRow(work, rollId, place)
}

/**
 * The deciding officer has seen the candidates, whom the roll opens to its ward; of the children on no roll only those
 * in their scope.
 */
async function noteCandidatesSeen(
  work: Work,
  { asOf }: store.KeptRoll,
  candidates: readonly rows.Candidate[],
): Promise<register.PersonId[]> {
  const doubts = candidates.flatMap(({ personId, isDoubt }) => (isDoubt ? [personId] : []))
  const seen = doubts.length > 0 ? await shownFactsOf(work, doubts, asOf) : undefined
  return candidates.flatMap(({ personId, isDoubt }) => (!isDoubt || seen?.has(personId) ? [personId] : []))
}

const affectedPersons = (...ids: readonly (register.PersonId | undefined)[]) => [
  ...new Set(ids.flatMap(id => id ?? [])),
]

function foundByDecision(row: RollRow, input: DecisionInput): FoundRollRow {
  if (input.decision === 'same') return { ...row, outcome: 'matched', personId: input.personId, withheldId: undefined }
  if (input.decision === 'different')
    return {
      ...row,
      outcome: 'not-found',
      personId: undefined,
      withheldId: undefined,
      defects: defectsWithoutPerson(row),
    }
  return { ...row, outcome: 'review', personId: undefined, defects: sortDefects(defectsOfRowAlone(row)) }
}

/** The chosen person is open with the roll; the others are closed. */
async function openDecidedPerson(work: Work, roll: store.KeptRoll, row: RollRow, input: DecisionInput) {
  if (input.decision === 'later') return
  if (row.personId && !(input.decision === 'same' && input.personId === row.personId))
    await register.closeAccessCase(work, { kind: 'roll-row', caseId: row.id })
  if (input.decision === 'same')
    await register.openAccessCase(work, {
      personId: input.personId,
      unitId: roll.schoolId,
      kind: 'roll-row',
      caseId: row.id,
    })
  await register.closeAccessCase(work, { kind: 'roll-review', caseId: row.id })
}

/** Closes the persons whom the decision opened, and opens those whom the machine had opened. */
async function reopenFound(
  work: Work,
  { schoolId }: store.KeptRoll,
  { id }: RollRow,
  { opened = [] }: rows.MachineOutcome,
) {
  await closeAccessCases(work, [id])
  await register.openAccessCases(
    work,
    opened.map(([kind, personId]) => ({ personId, unitId: schoolId, kind, caseId: id })),
  )
}

/** Undoes a decision: the row is again as the comparison found it. */
async function clearRowDecision(work: Work, rollId: RollId, place: number): Promise<DecisionResult> {
  const { roll, row } = await holdRollAndRow(work, rollId, place)
  const machine = await rows.findMachineOutcome(work, rollId, place)
  if (!row.decision || !machine) throw rollProblem('decision-none')

  await reopenFound(work, roll, row, machine)
  const defects = machine.outcome === 'not-found' ? defectsWithoutPerson(row) : sortDefects(defectsOfRowAlone(row))
  await deleteRefusals(work, row.id)
  await writeFoundRows(work, rollId, [
    {
      ...row,
      outcome: machine.outcome,
      personId: machine.personId ?? undefined,
      withheldId: machine.withheldId ?? undefined,
      defects,
      contested: false,
    },
  ])
  await clearDecision(work, rollId, place)
  await insertEntryEvents(work, rollId, [{ place, why: 'undone', before: row }])
  await reassignDuplicatesOnRoll(work, roll, affectedPersons(row.personId, machine.personId, machine.withheldId))
  await queueDoubts(work, roll)
  await audit.record(
    work,
    'roll-row.decision-undone',
    { kind: 'roll-row', id: row.id, unitId: row.schoolId },
    { rollId, place, decision: row.decision },
  )
  return decidedRow(work, rollId, place)
}

async function decidedRow(work: Work, rollId: RollId, place: number): Promise<DecisionResult> {
  const row = await rows.findRow(work, rollId, place)
  if (!row) throw rollProblem('roll-row-unknown')
  return { row, counts: await store.countOutcomes(work, rollId) }
}

export type { ReviewDecision }

/**
 * Records an officer's decision on a row. It ends the officer's claim and the referral. Throws row-held, row-referred.
 */
export const recordDecision = (
  work: Work,
  rollId: RollId,
  place: number,
  officerDecision: DecisionInput,
): Promise<DecisionResult> =>
  withRowInHand(work, { rollId, place }, async (wide, { open }) => {
    const decided = await setRowDecision(wide, rollId, place, officerDecision)
    if (officerDecision.decision !== 'later') await endDecidedReferral(wide, open)
    await releaseRow(wide, { rollId, place })
    return decided
  })

/**
 * Undoes a decision. The row waits where it waited, claimed by the officer who undid it. Throws row-held,
 * row-referred.
 */
export const undoDecision = (work: Work, rollId: RollId, place: number): Promise<DecisionResult> =>
  withRowInHand(work, { rollId, place }, async (wide, { open }) => {
    const decided = await clearRowDecision(wide, rollId, place)
    await reopenReferral(wide, open)
    await claimRow(wide, { rollId, place })
    return decided
  })
