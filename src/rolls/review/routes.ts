import type { Static } from 'typebox'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId, type Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { claimRow, releaseRow } from '../queue/claim.ts'
import type { ClaimHolder, ReferralView } from '../queue/custody.ts'
import { countWaiting, listOwnDeeds, listRowsOfPart, reviewProgressOf } from '../queue/progress.ts'
import type { QueuePart } from '../queue/queue.ts'
import { handReferralBack, referRow } from '../queue/referral.ts'
import { listReferredRows } from '../queue/referral-list.ts'
import { listReferralReceivers } from '../queue/referral-receivers.ts'
import type { RollId } from '../roll.ts'
import type { RowRef } from '../row.ts'
import { rowReply } from '../row-reply.ts'
import * as contract from './contract.ts'
import type { DecisionInput } from './decision.ts'
import { recordDecision, undoDecision } from './decision.ts'
import { claimNextForReview, getReconciledRoll, getRowForReview, type RowReview, whyWaiting } from './review.ts'
import type { ReviewLine } from './why-undecided.ts'

const asReviewedRollId = (text: string): RollId => asId<'roll'>(text)
const rowRefOf = ({ id, place }: { readonly id: string; readonly place: number }): RowRef => ({
  rollId: asReviewedRollId(id),
  place,
})

type Said = Static<NonNullable<typeof contract.decideRow.body>>
const saidIn = (said: Said): DecisionInput => (said.decision === 'same' ? { ...said, personId: said.personId } : said)

const mutablePair = ([from, to]: readonly [number, number]): [number, number] => [from, to]
const reviewLineReply = ({ code, vi, en, personId, rollId, place }: ReviewLine) => ({
  code,
  vi,
  en,
  ...(personId && { personId }),
  ...(rollId && { rollId }),
  ...(place !== undefined && { place }),
})
const claimHolderReply = ({ mine, name, since, until }: ClaimHolder) => ({
  mine,
  name,
  since: since.toISOString(),
  until: until.toISOString(),
})
const referralReply = ({ to, at, ...lying }: ReferralView) => ({
  ...lying,
  ...(to !== undefined && { to }),
  at: at.toISOString(),
})

function reviewReply(
  work: Work,
  { roll, schoolName, row, candidates, holding, lying, answered, next, previous, ...review }: RowReview,
) {
  return {
    roll: { id: roll.id, school: { id: roll.schoolId, name: schoolName }, schoolYear: roll.schoolYear },
    row: rowReply(work, row),
    version: review.version,
    position: review.position,
    total: review.total,
    candidates: candidates.map(({ personId, probability, isHolder, isDoubt, fields, reasons, defects, context }) => ({
      personId,
      probability,
      isHolder,
      isOnNoRoll: isDoubt === true,
      fields: fields.map(one => ({
        ...one,
        rollMarks: one.rollMarks.map(mutablePair),
        registerMarks: one.registerMarks.map(mutablePair),
      })),
      reasons: [...reasons],
      defects: [...defects],
      context: context.map(reviewLineReply),
    })),
    hints: review.hints.map(reviewLineReply),
    ...(row.margin !== undefined && { margin: row.margin }),
    why: review.why.map(reviewLineReply),
    context: review.context.map(reviewLineReply),
    ...(holding && { holding: claimHolderReply(holding) }),
    ...(lying && { lying: referralReply(lying) }),
    ...(answered && { answered: { ...answered, at: answered.at.toISOString() } }),
    next: next.map(({ row: one, holding: held }) => ({
      rollId: one.rollId,
      place: one.place,
      row: one.sheetRow,
      name: one.name,
      ...(one.class && { class: one.class }),
      probability: one.probability ?? 0,
      ...whyWaiting(one),
      ...(one.decision && { decision: one.decision }),
      ...(held && { holding: claimHolderReply(held) }),
    })),
    ...(previous !== undefined && { previous }),
  }
}

const nextReviewReply = (work: Work, review: RowReview | undefined) =>
  review ? { review: reviewReply(work, review) } : {}

async function reviewSchool(work: Work, id: Id<'school'>) {
  return { id, name: (await units.getSchool(work, id)).name }
}

/** Names of schools are asked one after another: a work has one connection. */
async function withSchools<T extends { readonly schoolId: Id<'school'> }, Shown>(
  work: Work,
  all: readonly T[],
  show: (one: T, school: { id: Id<'school'>; name: string }) => Shown,
): Promise<Shown[]> {
  const schools = new Map<string, { id: Id<'school'>; name: string }>()
  for (const { schoolId } of all) if (!schools.has(schoolId)) schools.set(schoolId, await reviewSchool(work, schoolId))
  return all.map(one => show(one, schools.get(one.schoolId)!))
}

async function partReply(
  work: Work,
  part: QueuePart,
  where: { readonly rollId?: RollId; readonly offset?: number | undefined; readonly limit?: number | undefined },
) {
  const { rows, total } = await listRowsOfPart(work, part, where)
  const shown = await withSchools(work, rows, (one, school) => ({
    rollId: one.rollId,
    place: one.place,
    school,
    sheet: one.sheet,
    row: one.sheetRow,
    ...(one.class && { class: one.class }),
    name: one.name,
    ...(one.probability !== null && { probability: one.probability }),
    ...(one.decision && { decision: one.decision }),
    ...(one.heldByName !== undefined && { heldBy: one.heldByName }),
    ...(one.until && { until: one.until.toISOString() }),
  }))
  return { rows: shown, total }
}

/** The API of the review: the next row, claims, decisions, referrals and the progress. */
export function reviewRoutes(doors: Doors): void {
  serve(doors, contract.reviewRow, async (work, { params, query }) => {
    const { rollId: id, place } = rowRefOf(params)
    return reviewReply(
      work,
      await getRowForReview(work, id, place, { of: query.of ?? 'review', rollId: query.all ? undefined : id }),
    )
  })
  serve(doors, contract.nextReview, async (work, { params, query }) => {
    const { id } = await getReconciledRoll(work, asReviewedRollId(params.id))
    return nextReviewReply(
      work,
      await claimNextForReview(work, id, { after: { rollId: id, place: query.after ?? 0 }, of: query.of }),
    )
  })
  serve(doors, contract.nextReviewOfUnit, async (work, { query: { afterRoll, after, of } }) =>
    nextReviewReply(
      work,
      await claimNextForReview(work, undefined, {
        ...(afterRoll && { after: rowRefOf({ id: afterRoll, place: after ?? 0 }) }),
        of,
      }),
    ),
  )

  serve(doors, contract.claimRow, async (work, { params }) => ({
    until: (await claimRow(work, rowRefOf(params))).toISOString(),
  }))
  serve(doors, contract.releaseRow, async (work, { params }) => {
    await releaseRow(work, rowRefOf(params))
    return {}
  })
  serve(doors, contract.decideRow, async (work, { params, body }) => {
    const { row, counts } = await recordDecision(work, asReviewedRollId(params.id), params.place, saidIn(body))
    return { row: rowReply(work, row), counts: { ...counts } }
  })
  serve(doors, contract.undoDecision, async (work, { params }) => {
    const { row, counts } = await undoDecision(work, asReviewedRollId(params.id), params.place)
    return { row: rowReply(work, row), counts: { ...counts } }
  })
  serve(doors, contract.ownReviewDeeds, async work => ({
    deeds: await withSchools(work, await listOwnDeeds(work), (one, school) => ({
      deed: one.deed,
      ...(one.decision && { decision: one.decision }),
      rollId: one.rollId,
      place: one.place,
      school,
      ...(one.sheetRow !== null && { row: one.sheetRow }),
      ...(one.class && { class: one.class }),
      ...(one.name !== null && { name: one.name }),
      at: one.at.toISOString(),
    })),
  }))

  serve(doors, contract.listReceivers, async (work, { params }) => ({
    receivers: (await listReferralReceivers(work, rowRefOf(params))).map(one => ({
      kind: one.kind,
      unitId: one.unitId,
      unitName: one.unitName,
      ...(one.kind === 'colleague' && { officerId: one.officerId, name: one.name }),
      personIds: one.kind === 'residence' ? [...one.personIds] : [],
    })),
  }))
  serve(doors, contract.referRow, async (work, { params, body }) => {
    await referRow(work, rowRefOf(params), body)
    return {}
  })
  serve(doors, contract.handReferralBack, async (work, { params, body }) => {
    await handReferralBack(work, rowRefOf(params), body.note)
    return {}
  })
  serve(doors, contract.listReferredRows, async (work, { query }) => ({
    rows: await withSchools(work, await listReferredRows(work, query.which), (one, school) => ({
      rollId: one.rollId,
      place: one.place,
      row: one.row.sheetRow,
      ...(one.row.class && { class: one.row.class }),
      name: one.row.name,
      school,
      lying: referralReply(one.lying),
    })),
  }))

  serve(doors, contract.reviewProgress, async (work, { params }) =>
    reviewProgressOf(work, { rollId: asReviewedRollId(params.id) }),
  )
  serve(doors, contract.countWaitingRows, countWaiting)
  serve(doors, contract.reviewProgressOfUnit, async work => reviewProgressOf(work, {}))
  serve(doors, contract.reviewRows, async (work, { params, query: { part, ...page } }) =>
    partReply(work, part, { rollId: asReviewedRollId(params.id), ...page }),
  )
  serve(doors, contract.reviewRowsOfUnit, async (work, { query: { part, ...page } }) => partReply(work, part, page))
}
