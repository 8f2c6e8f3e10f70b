import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { closeCases } from '../access-cases.ts'
import { inOrder, ownDefects, strangerDefects } from '../defect.ts'
import { rollProblem } from '../problems.ts'
import { queueDoubts } from '../reconciling/doubts-job.ts'
import { settlePersons } from '../reconciling/reassign.ts'
import { factsOf } from '../register-facts.ts'
import type { Counts, Decision, RollId } from '../roll.ts'
import type { RollRow } from '../row.ts'
import * as store from '../store.ts'
import { clearDecision, forgetRefusals, refuse, setDecision } from '../store-decision.ts'
import { type Found, noteEvents, setFound } from '../store-found.ts'
import * as rows from '../store-row.ts'

export type Deciding =
  | { readonly decision: 'same'; readonly personId: register.PersonId }
  | { readonly decision: 'different' | 'later' }

export type Decided = { readonly row: RollRow; readonly counts: Counts }

/** The roll and one of its rows, held against another officer at the same moment. */
async function hold(work: Work, rollId: RollId, place: number) {
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
export async function decide(work: Work, rollId: RollId, place: number, said: Deciding): Promise<Decided> {
  const { roll, row } = await hold(work, rollId, place)
  const candidates = await rows.candidatesOf(work, rollId, place)
  const chosen = said.decision === 'same' ? said.personId : undefined
  if (chosen && chosen !== row.personId && !candidates.some(({ personId }) => personId === chosen))
    throw rollProblem('candidate-unknown')

  const machine = (await rows.machineFound(work, rollId, place)) ?? {
    outcome: row.outcome ?? 'review',
    personId: row.personId,
    ...(row.withheldId && { withheldId: row.withheldId }),
    probability: row.probability ?? 0,
    opened: (await register.casesOf(work, row.id)).map(({ kind, personId }) => [kind, personId]),
  }
  await forgetRefusals(work, row.id, chosen)
  await setFound(work, rollId, [{ ...became(row, said), contested: false, found: machine }])
  await setDecision(work, rollId, { place, decision: said.decision, by: work.by.id, at: work.now, on: work.today })
  if (said.decision === 'different')
    await refuse(work, row, affected(row.personId, ...(await lookedAt(work, roll, candidates))))
  await noteEvents(work, rollId, [{ place, why: 'decided', before: row }])
  await moveCases(work, roll, row, said)
  await settlePersons(work, roll, affected(row.personId, row.withheldId, chosen))
  await queueDoubts(work, roll)
  await audit.record(
    work,
    'roll-row.decided',
    { kind: 'roll-row', id: row.id, unitId: row.schoolId, ...(chosen && { personId: chosen }) },
    { rollId, place, decision: said.decision },
  )
  return told(work, rollId, place)
}

/**
 * The deciding officer has seen the candidates, whom the roll opens to its ward; of the children on no roll only those
 * in their scope.
 */
async function lookedAt(
  work: Work,
  { asOf }: store.KeptRoll,
  candidates: readonly rows.Candidate[],
): Promise<register.PersonId[]> {
  const doubts = candidates.flatMap(({ personId, isDoubt }) => (isDoubt ? [personId] : []))
  const seen = doubts.length > 0 ? await factsOf(work, doubts, asOf) : undefined
  return candidates.flatMap(({ personId, isDoubt }) => (!isDoubt || seen?.has(personId) ? [personId] : []))
}

const affected = (...ids: readonly (register.PersonId | undefined)[]) => [...new Set(ids.flatMap(id => id ?? []))]

function became(row: RollRow, said: Deciding): Found {
  if (said.decision === 'same') return { ...row, outcome: 'matched', personId: said.personId, withheldId: undefined }
  if (said.decision === 'different')
    return { ...row, outcome: 'not-found', personId: undefined, withheldId: undefined, defects: strangerDefects(row) }
  return { ...row, outcome: 'review', personId: undefined, defects: inOrder(ownDefects(row)) }
}

/** The chosen person is open with the roll; the others are closed. */
async function moveCases(work: Work, roll: store.KeptRoll, row: RollRow, said: Deciding) {
  if (said.decision === 'later') return
  if (row.personId && !(said.decision === 'same' && said.personId === row.personId))
    await register.closeCase(work, { kind: 'roll-row', caseId: row.id })
  if (said.decision === 'same')
    await register.openCase(work, {
      personId: said.personId,
      unitId: roll.schoolId,
      kind: 'roll-row',
      caseId: row.id,
    })
  await register.closeCase(work, { kind: 'roll-review', caseId: row.id })
}

/** Closes the persons whom the decision opened, and opens those whom the machine had opened. */
async function openAsFound(
  work: Work,
  { schoolId }: store.KeptRoll,
  { id }: RollRow,
  { opened = [] }: rows.MachineFound,
) {
  await closeCases(work, [id])
  await register.openCases(
    work,
    opened.map(([kind, personId]) => ({ personId, unitId: schoolId, kind, caseId: id })),
  )
}

/** Undoes a decision: the row is again as the comparison found it. */
export async function undo(work: Work, rollId: RollId, place: number): Promise<Decided> {
  const { roll, row } = await hold(work, rollId, place)
  const machine = await rows.machineFound(work, rollId, place)
  if (!row.decision || !machine) throw rollProblem('decision-none')

  await openAsFound(work, roll, row, machine)
  const defects = machine.outcome === 'not-found' ? strangerDefects(row) : inOrder(ownDefects(row))
  await forgetRefusals(work, row.id)
  await setFound(work, rollId, [
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
  await noteEvents(work, rollId, [{ place, why: 'undone', before: row }])
  await settlePersons(work, roll, affected(row.personId, machine.personId, machine.withheldId))
  await queueDoubts(work, roll)
  await audit.record(
    work,
    'roll-row.decision-undone',
    { kind: 'roll-row', id: row.id, unitId: row.schoolId },
    { rollId, place, decision: row.decision },
  )
  return told(work, rollId, place)
}

async function told(work: Work, rollId: RollId, place: number): Promise<Decided> {
  const row = await rows.findRow(work, rollId, place)
  if (!row) throw rollProblem('roll-row-unknown')
  return { row, counts: await store.countsOf(work, rollId) }
}

export type { Decision }
