import * as attachments from '../../attachments/attachments.ts'
import * as audit from '../../audit/audit.ts'
import { parsePartialDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { foldName } from '../folded-name.ts'
import { correctionDays, lookUpMinutes, residenceCorrectionDays } from '../law.ts'
import type { PersonId } from '../person.ts'
import { registerProblem } from '../problems.ts'
import * as store from '../store.ts'
import * as change from '../store-history.ts'
import * as links from '../store-link-record-refresh.ts'
import { evidenceText, refuseUnofficialForm } from './check-papers.ts'
import {
  type Correction,
  type CorrectionField,
  type CorrectionId,
  correctable,
  type FieldChange,
  isFromRoll,
  isOpen,
  isValid,
  normalizeValue,
  touchesNumber,
} from './correction.ts'
import { decidesHere, decidingUnit } from './deciding-unit.ts'
import type { Evidence } from './paper-needs.ts'
import { isResidenceField, kindOfField, parseResidence } from './residence-value.ts'
import * as corrections from './store-correction.ts'
import * as fields from './store-value.ts'

/**
 * Corrections: two officers put wrong data of a person right. In: the right values, with the papers that show them; or
 * one value from a school's roll. Decided: which unit decides and by when; by a second officer there, whether the
 * values change. Out: the new values, with the old ones in the history; a death, where that is what was corrected.
 * Deeds: `correction.proposed`, `.forwarded`, `.attested`, `.approved`, `.refused`, `.withdrawn`, `person.died`.
 */

export type CorrectionProposal = {
  readonly personId: PersonId
  readonly form: { readonly code: string; readonly version: string }
  /** The paper that shows it. */
  readonly evidence: Evidence
  /** The values as they should be; undefined or empty: not known. */
  readonly values: Partial<Record<CorrectionField, string | undefined>>
  /** Why, in the officer's words, where the papers alone do not say it. */
  readonly reason?: string | undefined
  /** Papers that were attached to the form (src/attachments). */
  readonly attachments?: readonly attachments.AttachmentId[] | undefined
}

const caseKind = 'correction'

/** The values of a person that can be corrected, as the scope sees them. */
export const currentValues = fields.correctableValues

/** Children whose link records have a person's year of birth. */
export const childrenLinkedTo = fields.childIdsOf

/** Whoever is outside the scope is opened by a correction only to the officer who has just looked their number up. */
async function isSeenOrLookedUp(work: Work, personId: PersonId): Promise<boolean> {
  if ((await store.findSummaries(work, [personId])).length > 0) return true
  if ((await store.findCompared(work, [personId])).length > 0) return true
  const readers = await audit.readersOf(
    work,
    personId,
    new Date(work.now.getTime() - ruleOn(lookUpMinutes, work.today, work) * 60_000),
  )
  return readers.some(({ by_kind, by_id }) => by_kind === work.by.kind && by_id === work.by.id)
}

/**
 * Proposes to correct a person's data, at any police unit. Where that is not the police of permanent residence, it is
 * forwarded to them at once (NĐ70/2024 Art. 6): the proposing unit may then compare the person until it is decided, and
 * is not told the values that it wants replaced. The number of a person outside the scope must have been looked up
 * before (`register.look_up`).
 */
export async function proposeCorrection(
  work: Work,
  { personId, form, evidence, values, reason, attachments: attached }: CorrectionProposal,
): Promise<Correction> {
  if (!work.unitId) throw registerProblem('unit-needed')
  const about = await aboutResidence(work, values)
  refuseUnofficialForm(work, form, about)
  const papers = [evidenceText(work, evidence), reason?.trim()].filter(Boolean).join(' · ')
  if (!(await isSeenOrLookedUp(work, personId))) throw registerProblem('person-unknown')
  const id = newId<'correction'>(work.now)
  await store.insertAccessOpenings(work, [{ personId, unitId: work.unitId, kind: caseKind, caseId: id }])
  const current = await fields.correctableValues(work, personId)
  const changes = changesTo(current, values)
  if (changes.length === 0) throw registerProblem('correction-empty')

  const decidesUnitId = await decidingUnit(work, personId)
  const forwarded = !(await decidesHere(work, decidesUnitId))
  const correction: Correction = {
    id,
    personId,
    state: forwarded ? 'forwarded' : 'proposed',
    form,
    evidence: papers,
    changes,
    proposedBy: work.by.id,
    proposedOn: work.today,
    unitId: work.unitId,
    decidesUnitId,
    dueOn: units.workingDaysAfter(
      work.today,
      ruleOn(about === 'residence' ? residenceCorrectionDays : correctionDays, work.today, work),
    ),
  }
  await corrections.insertCorrection(work, correction)
  if (forwarded)
    await store.insertAccessOpenings(work, [{ personId, unitId: decidesUnitId, kind: caseKind, caseId: id }])
  await recordCorrection(work, 'correction.proposed', correction, {
    form: form.code,
    fields: changes.map(({ field }) => field),
  })
  if (forwarded) await recordCorrection(work, 'correction.forwarded', correction, { to: decidesUnitId })
  await attachments.handIn(work, caseKind, correction, attached)
  return correction
}

/**
 * Whether it is a residence that is to be corrected: by itself, in a commune of today, since a day that has come.
 * Throws correction-value-invalid, residence-by-itself.
 */
async function aboutResidence(work: Work, values: CorrectionProposal['values']): Promise<'person' | 'residence'> {
  const given = Object.entries(values).filter(([, value]) => value?.trim())
  const residences = given.filter(([field]) => isResidenceField(field))
  if (residences.length === 0) return 'person'
  if (residences.length < given.length) throw registerProblem('residence-by-itself')
  for (const [field, text = ''] of residences) {
    const value = parseResidence(normalizeValue(field as CorrectionField, text) ?? '')
    const unit = value && (await units.findUnit(work, value.unitId))
    const isToday = unit && (!unit.validTo || unit.validTo > work.today)
    if (!value?.from || value.from > work.today || !isToday || unit.level !== 'commune')
      throw registerProblem('correction-value-invalid', { field })
  }
  return 'residence'
}

const recordCorrection = (
  work: Work,
  deed: string,
  { id, personId, decidesUnitId }: Correction,
  facts: Readonly<Record<string, unknown>>,
) => audit.record(work, deed, { kind: 'correction', id, personId, unitId: decidesUnitId }, facts)

/** Whoever does not see the person whole proposes every value given: an equal one would tell what the register has. */
function changesTo(
  current: Record<CorrectionField, string | null> | undefined,
  values: CorrectionProposal['values'],
): FieldChange[] {
  return Object.entries(values).flatMap(([name, text]) => {
    if (!(name in correctable)) throw registerProblem('correction-value-invalid', { field: name })
    const field = name as CorrectionField
    const value = normalizeValue(field, text)
    if (!isValid(field, value)) throw registerProblem('correction-value-invalid', { field })
    if (!current) return [{ field, new: value }]
    const old = current[field] ?? undefined
    return value === old ? [] : [{ field, old, new: value }]
  })
}

/** The correction as the scope sees it, with a trace; throws correction-unknown. */
export async function getCorrection(work: Work, id: CorrectionId): Promise<Correction> {
  const correction = await corrections.findCorrection(work, id)
  if (!correction) throw registerProblem('correction-unknown')
  await audit.noteReading(work, [correction.personId], ['correction'], { kind: 'correction', id: correction.id })
  return correction
}

/** Corrections that wait or are over, by the unit or the person. The reading of everyone named is noted. */
export async function listCorrections(work: Work, filter: corrections.CorrectionFilter): Promise<Correction[]> {
  const found = await corrections.findCorrections(work, filter)
  await audit.noteReading(
    work,
    found.map(({ personId }) => personId),
    ['correction'],
  )
  return found
}

/** Corrections as cases that take papers, for src/attachments. */
export const correctionsWithPapers: attachments.CasesWithPapers['correction'] = {
  async hold(work, id) {
    const found = await corrections.holdCorrection(work, id as CorrectionId)
    return found && { ...found, isOpen: isOpen(found.state) }
  },
  mayBeginFor: isSeenOrLookedUp,
}

/** How many wait to be decided here, without reading whose they are. */
export const countCorrections = (work: Work) => corrections.countToDecide(work)

async function holdOpenCorrection(work: Work, id: CorrectionId): Promise<Correction> {
  const correction = await corrections.holdCorrection(work, id)
  if (!correction) throw registerProblem('correction-unknown')
  await staff.refuseStale(work, correction.id)
  if (!isOpen(correction.state)) throw registerProblem('correction-closed', { state: correction.state })
  return correction
}

async function holdCorrectionToDecide(work: Work, id: CorrectionId): Promise<Correction> {
  const correction = await holdOpenCorrection(work, id)
  if (!(await decidesHere(work, correction.decidesUnitId))) throw registerProblem('another-unit-decides')
  // Who attested a roll's proposal made it their own later than it was proposed.
  const hand = { id: correction.proposedBy, at: [correction.proposedOn, work.today] } as const
  await staff.refuseSameHand(work, 'correction-decided', [hand], () => registerProblem('second-officer-needed'))
  return correction
}

async function closeCorrection(
  work: Work,
  correction: Correction,
  state: 'approved' | 'refused' | 'withdrawn',
  reason?: string,
): Promise<Correction> {
  await corrections.setCorrectionDecided(work, correction, state, reason)
  await recordCorrection(work, `correction.${state}`, correction, { late: work.today > correction.dueOn })
  if (state === 'withdrawn') await store.withdrawAccessCases(work, caseKind, [correction.id])
  else await store.deleteAccessCase(work, caseKind, correction.id)
  return { ...correction, state, decidedBy: work.by.id, decidedOn: work.today, ...(reason && { reason }) }
}

export type ApprovedCorrection = Correction & {
  /** The number contains the corrected value: the citizen may ask for a new one (NĐ70/2024 Art. 11(8)). */
  readonly newNumberOffered: boolean
}

/** A second officer of the deciding unit approves: the values change, the old ones stay in the history. */
export async function approveCorrection(work: Work, id: CorrectionId): Promise<ApprovedCorrection> {
  const correction = await holdCorrectionToDecide(work, id)
  if (isFromRoll(correction)) throw registerProblem('papers-needed')
  const { personId, changes } = correction
  if (!(await store.holdPerson(work, personId))) throw registerProblem('person-unknown')
  const current = await fields.correctableValues(work, personId)
  const moot = changes.filter(({ field, old }) => (current?.[field] ?? undefined) !== old).map(({ field }) => field)
  if (moot.length > 0) throw registerProblem('correction-moot', { fields: moot })

  for (const one of changes) await applyChange(work, personId, one)
  if (changes.some(({ field }) => field === 'full_name' || field === 'birth_date'))
    await change.rewriteNameWords(work, personId)
  await change.insertHistory(
    work,
    personId,
    await writtenValues(work, changes),
    `${correction.form.code}: ${correction.evidence}`,
    'correction.approved',
  )
  const children = changes.some(({ field }) => field === 'birth_date') ? await fields.childIdsOf(work, personId) : []
  await links.refreshLinkRecords(work, [personId, ...children])
  if (changes.some(({ field, new: value }) => field === 'life_status' && value === 'dead'))
    await audit.record(work, 'person.died', {
      kind: 'person',
      id: personId,
      personId,
      unitId: correction.decidesUnitId,
    })
  const approved = await closeCorrection(work, correction, 'approved')
  if (changes.some(({ field }) => isResidenceField(field))) await fields.dropFormerScopes(work, personId)
  return { ...approved, newNumberOffered: touchesNumber(changes) }
}

/** A residence in words, as history keeps it: address, commune. Other values stand as they are. */
export async function writtenResidence(work: Work, text: string | undefined): Promise<string | undefined> {
  const value = text === undefined ? undefined : parseResidence(text)
  if (!value) return text
  return [value.address, await units.unitName(work, value.unitId)].filter(Boolean).join(', ')
}

export const writtenValues = (work: Work, changes: readonly FieldChange[]): Promise<change.PastValue[]> =>
  Promise.all(
    changes.map(async one =>
      isResidenceField(one.field)
        ? {
            field: `residence.${kindOfField[one.field]}`,
            old: await writtenResidence(work, one.old),
            new: await writtenResidence(work, one.new),
          }
        : one,
    ),
  )

async function applyChange(work: Work, personId: PersonId, { field, new: value }: FieldChange): Promise<void> {
  if (field === 'father_name' || field === 'mother_name')
    return fields.setKinName(
      work,
      personId,
      field === 'father_name' ? 'father' : 'mother',
      value === undefined ? undefined : foldName(value),
    )
  if (isResidenceField(field)) {
    const residence = parseResidence(value ?? '')
    return residence ? fields.setResidence(work, personId, kindOfField[field], residence) : undefined
  }
  if (field === 'full_name') {
    const name = foldName(value ?? '')
    return name ? fields.setName(work, personId, name) : undefined
  }
  if (field === 'birth_date') {
    const day = parsePartialDay(value ?? '')
    return day ? fields.setBirthDate(work, personId, day) : undefined
  }
  return fields.setPlain(work, personId, field, value)
}

/** A second officer of the deciding unit refuses, with the reason that the citizen will read. */
export async function refuseCorrection(
  work: Work,
  id: CorrectionId,
  { reason }: { reason: string },
): Promise<Correction> {
  if (reason.trim() === '') throw registerProblem('reason-needed')
  return closeCorrection(work, await holdCorrectionToDecide(work, id), 'refused', reason.trim())
}

/** The officer who proposed it takes it back while it is open. */
export async function withdrawCorrection(
  work: Work,
  id: CorrectionId,
  { reason }: { reason: string },
): Promise<Correction> {
  const correction = await holdOpenCorrection(work, id)
  if (correction.proposedBy !== work.by.id) throw registerProblem('not-the-proposer')
  return closeCorrection(work, correction, 'withdrawn', reason.trim() || undefined)
}
