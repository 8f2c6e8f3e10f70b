/**
 * An officer decides. In: a row in doubt from the queue, shown beside its candidates, with what agrees, what differs
 * and why the machine did not decide. Decided: that the row is one of them, none of them, or that the school is asked
 * first. Out: the decided row; the other rows of its person are reassigned. Deeds: roll-row.decided,
 * roll-row.decision-undone.
 */
import * as audit from '../../audit/audit.ts'
import { bandsOf } from '../../linkage/comparing/weights.ts'
import { type MatchReason, toMatchReason } from '../../linkage/deciding/reason.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { getErrorModel } from '../error-model.ts'
import { defectsAgainst, type RegisterFacts } from '../find-defects.ts'
import { rollProblem } from '../problems.ts'
import { custodyOf, type RowCustody } from '../queue/custody.ts'
import { claimNextRow, type QueuePosition, queuePositionOf, type ReviewQueue } from '../queue/queue.ts'
import { shownFactsOf } from '../register-facts.ts'
import type { RollDefect, RollId } from '../roll.ts'
import type { RollRow, RowRef } from '../row.ts'
import * as store from '../store.ts'
import * as rows from '../store-row.ts'
import { reviewContextOf } from './classmates-and-kin.ts'
import { type ComparedValue, candidateDetailsOf, compareFields } from './comparison.ts'
import { type ReviewLine, whyUndecided } from './why-undecided.ts'
import { fillText, sayKin, sayNumberHolder } from './words.ts'

export type ReviewCandidate = {
  readonly personId: Id<'person'>
  readonly probability: number
  readonly isHolder: boolean
  readonly isDoubt?: boolean | undefined
  readonly fields: readonly ComparedValue[]
  readonly reasons: readonly MatchReason[]
  readonly defects: readonly RollDefect[]
  /** Kin in the register, and other rows of the same person. */
  readonly context: readonly ReviewLine[]
}

export type RowReview = RowCustody &
  QueuePosition & {
    readonly roll: store.KeptRoll
    readonly schoolName: string
    readonly row: RollRow
    readonly version: string
    readonly candidates: readonly ReviewCandidate[]
    /** Likely causes, before any weight. */
    readonly hints: readonly ReviewLine[]
    /** Why the machine did not decide. */
    readonly why: readonly ReviewLine[]
    /** Classmates of one home. */
    readonly context: readonly ReviewLine[]
  }

/** A roll whose rows can be looked at; throws roll-unknown, roll-not-reconciled. */
export async function getReconciledRoll(work: Work, rollId: RollId): Promise<store.KeptRoll> {
  const roll = await store.findRoll(work, rollId)
  if (!roll) throw rollProblem('roll-unknown')
  if (roll.state !== 'reconciled') throw rollProblem('roll-not-reconciled')
  return roll
}

/** A row beside its candidates. The reading of the candidates is noted. `queue` says in which queue it stands. */
export async function getRowForReview(
  work: Work,
  rollId: RollId,
  place: number,
  queue: ReviewQueue = { of: 'review', rollId },
): Promise<RowReview> {
  const roll = await getReconciledRoll(work, rollId)
  const row = await rows.findRow(work, rollId, place)
  if (!row) throw rollProblem('roll-row-unknown')

  const stored = await candidatesForReview(work, row)
  const ids = stored.map(({ personId }) => personId)
  const facts = await shownFactsOf(work, ids, roll.asOf)
  const details = await candidateDetailsOf(work, ids, facts)
  await audit.noteReading(
    work,
    [...facts.values()].map(({ personId }) => personId),
    ['identity', 'number', 'residence', 'kin', 'phone'],
  )
  const around = await reviewContextOf(work, roll, row, stored)

  return {
    roll,
    schoolName: (await units.getSchool(work, roll.schoolId)).name,
    row,
    version: await staff.versionOf(work, row.id),
    candidates: stored.flatMap(one => {
      const [person, detail] = [facts.get(one.personId), details.get(one.personId)]
      return person && detail
        ? [
            {
              ...one,
              reasons: one.reasons.map(toMatchReason),
              fields: compareFields(row, person, detail),
              defects: defectsAgainst(row, person),
              context: around.ofPerson.get(one.personId) ?? [],
            },
          ]
        : []
    }),
    hints: likelyCauses(row, stored, facts),
    why: whyUndecided(row, stored, around.taken.get(stored[0]?.personId ?? ''), bandsOf(await getErrorModel(work))),
    context: around.ofRow,
    ...(await custodyOf(work, { rollId, place })),
    ...(await queuePositionOf(work, row, queue)),
  }
}

/** The candidates of a row: of an unmatched one the children on no roll first, of a matched one its person. */
async function candidatesForReview(work: Work, row: RollRow): Promise<rows.Candidate[]> {
  const { rollId, place, outcome, personId, probability, reasons, holderId } = row
  const stored = await rows.findCandidates(work, rollId, place)
  const found = outcome === 'not-found' ? stored.toSorted((a, b) => Number(b.isDoubt) - Number(a.isDoubt)) : stored
  if (found.length > 0 || !personId) return found
  return [{ personId, place, rank: 1, probability: probability ?? 1, reasons, isHolder: holderId === personId }]
}

/** Claims the next free row of a queue for the actor; undefined where none is left. */
export async function claimNextForReview(
  work: Work,
  rollId: RollId | undefined,
  { after, of = 'review' }: { readonly after?: RowRef | undefined; readonly of?: ReviewQueue['of'] } = {},
): Promise<RowReview | undefined> {
  const queue: ReviewQueue = { of, rollId }
  const spot = await claimNextRow(work, queue, after)
  return spot && getRowForReview(work, spot.rollId, spot.place, queue)
}

/** The likely cause in plain words: "Số trường ghi là của Hoàng Gia Huy, sinh 2008, em ruột". */
function likelyCauses(
  row: RollRow,
  stored: readonly rows.Candidate[],
  facts: ReadonlyMap<string, RegisterFacts>,
): ReviewLine[] {
  const holder = stored.find(({ isHolder }) => isHolder)
  const person = holder && facts.get(holder.personId)
  const reason = stored.find(({ isHolder }) => !isHolder)?.reasons.find(({ code }) => code.startsWith('number-of-'))
  if (person && reason) {
    const who = (language: 'vi' | 'en') => sayKin(language)(reason.code as Parameters<ReturnType<typeof sayKin>>[0])
    return [
      {
        code: reason.code,
        vi: fillText(sayNumberHolder('vi')('known'), { name: person.fullName, year: person.birth.y, who: who('vi') }),
        en: fillText(sayNumberHolder('en')('known'), { name: person.fullName, year: person.birth.y, who: who('en') }),
        personId: person.personId,
      },
    ]
  }
  if (!row.holderId || holder) return []
  return [{ code: 'number-of-another', vi: sayNumberHolder('vi')('unknown'), en: sayNumberHolder('en')('unknown') }]
}

/** Why a row waits, in a few words, for the list of those that come next. */
export function whyWaiting({ reasons }: RollRow): { readonly vi: string; readonly en: string } {
  const telling = reasons
    .map(toMatchReason)
    .filter(
      ({ weight, code }) =>
        weight < 0 ||
        /swapped|differ|near|edit|dropped|of-|partial|missing|off|digit|default|transposed|cancelled/.test(code),
    )
    .slice(0, 3)
  return { vi: telling.map(({ vi }) => vi).join('; '), en: telling.map(({ en }) => en).join('; ') }
}
