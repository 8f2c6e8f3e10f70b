import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { correctionDays } from '../law.ts'
import type { PersonId } from '../person.ts'
import { registerProblem } from '../problems.ts'
import * as store from '../store.ts'
import { evidenceText, refuseUnofficialForm } from './check-papers.ts'
import {
  type Correction,
  type CorrectionField,
  type CorrectionId,
  isFromRoll,
  isOpen,
  isValid,
  normalizeValue,
  rollFormCode,
} from './correction.ts'
import { decidesHere } from './deciding-unit.ts'
import type { Evidence } from './paper-needs.ts'
import * as corrections from './store-correction.ts'

/** What a school's roll says of a person, of one value that the register may have wrong. */
export type RollProposal = {
  readonly personId: PersonId
  readonly field: CorrectionField
  readonly value: string
  /** The police of permanent residence: they decide, and see the person. The school is opened nothing. */
  readonly decidesUnitId: Id<'unit'>
  /** Where it stands: school, class, sheet, row. */
  readonly evidence: string
  readonly schoolYear: string
  readonly dueOn: Day
}

/** One open correction a person and a value. */
type OpenFieldCorrection = {
  readonly personId: PersonId
  readonly field: CorrectionField
  readonly id: CorrectionId
  readonly fromRoll: boolean
}

/**
 * Proposes what rolls say against the register, as the house itself, on behalf of the sender of the roll. No paper has
 * been seen: an officer of the deciding unit first says which papers show it (`attestCorrection`), and a second one
 * decides. Nothing is proposed where a correction of the value is open already, or where the register has the value
 * meanwhile. Gives all corrections of these people that are open afterwards.
 */
export async function proposeFromRoll(work: Work, proposals: readonly RollProposal[]): Promise<OpenFieldCorrection[]> {
  if (proposals.length === 0) return []
  const personIds = [...new Set(proposals.map(({ personId }) => personId))]
  const open = await corrections.openFieldsOf(work, personIds)
  const taken = new Set(open.map(({ personId, field }) => `${personId} ${field}`))
  const now = await corrections.rollFieldsOf(work, personIds)
  const made: Correction[] = []
  for (const { personId, field, value: text, decidesUnitId, evidence, schoolYear, dueOn } of proposals) {
    const value = normalizeValue(field, text)
    const old = now.get(personId)?.[field] ?? undefined
    if (!now.has(personId) || taken.has(`${personId} ${field}`) || value === old || !isValid(field, value)) continue
    taken.add(`${personId} ${field}`)
    made.push({
      id: newId<'correction'>(work.now),
      personId,
      state: 'proposed',
      form: { code: rollFormCode, version: schoolYear },
      evidence,
      changes: [{ field, old, new: value }],
      proposedBy: work.by.id,
      proposedOn: work.today,
      unitId: decidesUnitId,
      decidesUnitId,
      dueOn,
    })
  }
  await corrections.insertCorrections(work, made)
  await store.insertAccessOpenings(
    work,
    made.map(({ id, personId, decidesUnitId }) => ({
      personId,
      unitId: decidesUnitId,
      kind: 'correction',
      caseId: id,
    })),
  )
  for (const { id, personId, decidesUnitId, changes } of made)
    await audit.record(
      work,
      'correction.proposed',
      { kind: 'correction', id, personId, unitId: decidesUnitId },
      { form: rollFormCode, fields: changes.map(({ field }) => field) },
    )
  return [
    ...open,
    ...made.map(({ personId, changes, id }) => ({ personId, field: changes[0]!.field, id, fromRoll: true })),
  ]
}

/** Withdraws proposals that no roll supports any more. A proposal that an officer took over stays theirs. */
export async function withdrawFromRoll(work: Work, ids: readonly string[], reason: string): Promise<number> {
  if (ids.length === 0) return 0
  const withdrawn = await corrections.withdrawUnattested(work, ids, rollFormCode, reason)
  await store.deleteAccessCases(
    work,
    'correction',
    withdrawn.map(({ id }) => id),
  )
  for (const { id, personId, decidesUnitId } of withdrawn)
    await audit.record(
      work,
      'correction.withdrawn',
      { kind: 'correction', id, personId, unitId: decidesUnitId },
      { form: rollFormCode },
    )
  return withdrawn.length
}

export type Attestation = {
  readonly form: { readonly code: string; readonly version: string }
  readonly papers: Evidence
}

/**
 * An officer of the deciding unit has the papers at hand: the roll's proposal becomes theirs, and a second officer
 * decides it within the working days that the police have from the request (NĐ70/2024 Art. 6).
 */
export async function attestCorrection(
  work: Work,
  id: CorrectionId,
  { form, papers }: Attestation,
): Promise<Correction> {
  const correction = await corrections.holdCorrection(work, id)
  if (!correction) throw registerProblem('correction-unknown')
  await staff.refuseStale(work, correction.id)
  if (!isOpen(correction.state)) throw registerProblem('correction-closed', { state: correction.state })
  if (!isFromRoll(correction)) throw registerProblem('papers-known')
  if (form.code === rollFormCode) throw registerProblem('papers-needed')
  refuseUnofficialForm(work, form)
  const shown = evidenceText(work, papers)
  if (!(await decidesHere(work, correction.decidesUnitId))) throw registerProblem('another-unit-decides')
  const attested = {
    ...correction,
    form,
    evidence: `${shown} · ${correction.evidence}`,
    proposedBy: work.by.id,
    dueOn: units.workingDaysAfter(work.today, ruleOn(correctionDays, work.today, work)),
  }
  await corrections.setAttested(work, attested)
  await audit.record(
    work,
    'correction.attested',
    { kind: 'correction', id, personId: correction.personId, unitId: correction.decidesUnitId },
    { form: form.code },
  )
  return attested
}
