import * as audit from '../../audit/audit.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { inBothLanguages } from '../../platform/pages/html.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { strangersOnRoll } from '../law.ts'
import { rollProblem } from '../problems.ts'
import { type KeptRoll, setRollState } from '../store.ts'
import { sayStrangers } from '../words.ts'
import * as store from './store.ts'
import { countStrangers, type FactsOf } from './who-is-a-stranger.ts'

/**
 * Rolls of strangers wait. In: a roll that an officer sent, and the people with whom its rows were linked. Decided:
 * whether so many of them live elsewhere that it may be no school's roll; another officer, of the police, then accepts
 * it before anything of the comparison is kept. Out: a held roll with a follow-up of the ward; or one that is compared.
 * Deeds: roll.held, roll.accepted.
 */

const kind = 'roll-of-strangers' as const

/**
 * Refuses to compare a roll of strangers that no second officer accepted, before anything of it is written. A roll of
 * staff names adults, and always waits. What an operator or the house brings is not held. Throws roll-of-strangers.
 */
export async function refuseStrangers(
  work: Work,
  roll: KeptRoll,
  people: readonly Id<'person'>[],
  factsOf: FactsOf,
): Promise<void> {
  if (roll.sentBy.kind !== 'officer' || (await store.isAccepted(work, roll.id))) return
  const { share, least } = ruleOn(strangersOnRoll, work.today, work)
  const strangers = roll.kind === 'staff' ? people.length : await countStrangers(work, roll, people, factsOf)
  if (roll.kind === 'staff' || (strangers >= least && strangers > roll.rows * share))
    throw rollProblem('roll-of-strangers', { strangers, rows: roll.rows })
}

export const isRefusedForStrangers = (error: unknown): error is Problem =>
  error instanceof Problem && error.code === 'roll-of-strangers'

/** After the comparison was refused: the roll waits, and the ward of the school is asked to look. */
export async function holdRollOfStrangers(work: Work, roll: KeptRoll, { facts }: Problem): Promise<void> {
  await store.setHeld(work, roll.id, Number(facts['strangers']))
  const { unitId } = await units.getSchool(work, roll.schoolId)
  const open = await followUps.findFollowUps(work, { kind, sourceId: roll.id })
  if (open.length === 0)
    await followUps.openFollowUps(work, [
      {
        id: newId<'follow-up'>(work.now),
        kind,
        scopeId: roll.schoolId,
        period: roll.schoolYear,
        sourceId: roll.id,
        subjectId: roll.id,
        reason: 'strangers',
        evidence: 'residence',
        valuesKey: roll.id,
        owner: 'ward',
        ownerUnitId: unitId,
        dueOn: units.workingDaysAfter(work.today, ruleOn(strangersOnRoll, work.today, work).workingDays),
        state: 'open',
        openedOn: work.today,
      },
    ])
  await audit.record(work, 'roll.held', { kind: 'roll', id: roll.id, unitId: roll.schoolId }, facts)
}

/** Another officer than the sender accepts a held roll; the caller has it compared. Throws roll-own, roll-not-held. */
export async function acceptHeldRoll(work: Work, roll: KeptRoll): Promise<void> {
  if (roll.state !== 'held' || roll.heldFor === 'unlike') throw rollProblem('roll-not-held')
  const hand = { id: roll.sentBy.id, at: roll.sentOn }
  await staff.refuseSameHand(work, 'roll-accepted', [hand], () => rollProblem('roll-own'))
  await store.setAccepted(work, roll.id)
  await setRollState(work, roll.id, 'queued', 0)
  const open = await followUps.findFollowUps(work, { kind, sourceId: roll.id })
  await followUps.closeFollowUps(
    work,
    roll.schoolId,
    open.map(({ id }) => ({ id, state: 'done' })),
  )
  await audit.record(work, 'roll.accepted', { kind: 'roll', id: roll.id, unitId: roll.schoolId })
}

/** A held roll is thrown away: nobody has to accept it any more. */
export async function dropHeldFollowUps(work: Work, roll: KeptRoll): Promise<void> {
  const open = await followUps.findFollowUps(work, { kind, sourceId: roll.id })
  await followUps.closeFollowUps(
    work,
    roll.schoolId,
    open.map(({ id }) => ({ id, state: 'dropped' })),
  )
}

const inBoth = inBothLanguages(sayStrangers)

/** What the context of follow-ups asks of a roll of strangers; no person is named. */
export const heldRollFollowUps: followUps.KeptKindRules = {
  title: inBoth('title'),
  right: 'rolls.review',
  purpose: 'none',
  papersDecide: () => false,
  describe: (work, found) =>
    Promise.all(
      found.map(async ({ scopeId }) => {
        const { name } = await units.getSchool(work, scopeId)
        return {
          what: inBoth('what'),
          why: inBoth('why'),
          task: inBoth('task'),
          scopeName: name,
          name,
        }
      }),
    ),
}
