import * as followUps from '../../follow-ups/follow-ups.ts'
import { asId, type Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { type RollDefect, type RollId, rollDefects } from '../roll.ts'
import type { FollowUpEvidence } from './evidence-code.ts'

/**
 * A follow-up of a defect of a row: one defect of one pupil that blocks something, until it is closed. The values of
 * both sides stand in the row and in the register, not here.
 */
export type RowFollowUp = Pick<
  followUps.FollowUp,
  'id' | 'personId' | 'valuesKey' | 'owner' | 'ownerUnitId' | 'correctionId' | 'dueOn' | 'state' | 'answer' | 'openedOn'
> & {
  readonly schoolId: Id<'school'>
  readonly schoolYear: string
  /** The roll and the row on which it was last seen. */
  readonly rollId: RollId
  readonly place: number
  readonly class?: string | undefined
  /** The pupil's entry, the same on the next roll. */
  readonly rowId: string
  readonly defect: RollDefect
  readonly evidence: FollowUpEvidence
}

/** The kind under which rolls open their follow-ups. */
export const rollDefectKind = 'roll-defect'

const isRollDefect = (text: string): text is RollDefect => (rollDefects as readonly string[]).includes(text)

export const asRollDefect = (reason: string): RollDefect => {
  if (!isRollDefect(reason)) throw new Error(`a follow-up of a roll has the reason ${reason}, which is no defect`)
  return reason
}

export const rowFollowUpFrom = (followUp: followUps.FollowUp): RowFollowUp => ({
  ...followUp,
  schoolId: followUp.scopeId,
  schoolYear: followUp.period ?? '',
  rollId: asId<'roll'>(followUp.sourceId),
  place: followUp.sourcePlace ?? 0,
  class: followUp.sourcePart,
  rowId: followUp.subjectId,
  defect: asRollDefect(followUp.reason),
  evidence: followUp.evidence as FollowUpEvidence,
})

export const followUpOf = (one: RowFollowUp): followUps.FollowUp => ({
  id: one.id,
  kind: rollDefectKind,
  scopeId: one.schoolId,
  period: one.schoolYear,
  sourceId: one.rollId,
  sourcePlace: one.place,
  sourcePart: one.class,
  subjectId: one.rowId,
  personId: one.personId,
  reason: one.defect,
  evidence: one.evidence,
  valuesKey: one.valuesKey,
  owner: one.owner,
  ownerUnitId: one.ownerUnitId,
  correctionId: one.correctionId,
  dueOn: one.dueOn,
  state: one.state,
  answer: one.answer,
  openedOn: one.openedOn,
})

/** Open follow-ups of rolls, the soonest due first. */
export const findRowFollowUps = async (
  work: Work,
  filter: Omit<followUps.FollowUpFilter, 'kind'>,
): Promise<RowFollowUp[]> =>
  (await followUps.findFollowUps(work, { ...filter, kind: rollDefectKind })).map(rowFollowUpFrom)
