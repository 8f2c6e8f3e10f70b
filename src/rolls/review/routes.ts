import type { Static } from 'typebox'
import { type Doors, serve } from '../../platform/http/serve.ts'
import { asId, type Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { claim, leave } from '../queue/claim.ts'
import type { Holding, Lying } from '../queue/hands.ts'
import { ownDeedsOf, progressOf, rowsOfPart } from '../queue/progress.ts'
import type { Part } from '../queue/queue.ts'
import { handBack, handOn, receiversOf } from '../queue/referral.ts'
import { handedOn } from '../queue/referred.ts'
import type { RollId } from '../roll.ts'
import type { Spot } from '../row.ts'
import { shownRow } from '../shown-row.ts'
import * as contract from './contract.ts'
import { decide, undo } from './deciding.ts'
import type { Deciding } from './decision.ts'
import { nextForReview, type Review, reconciledRoll, rowForReview, whyOf } from './review.ts'
import type { Line } from './why.ts'

const rollId = (text: string): RollId => asId<'roll'>(text)
const spotOf = ({ id, place }: { readonly id: string; readonly place: number }): Spot => ({ rollId: rollId(id), place })

type Said = Static<NonNullable<typeof contract.decideRow.body>>
const saidIn = (said: Said): Deciding =>
  said.decision === 'same' ? { ...said, personId: asId<'person'>(said.personId) } : said

const pair = ([from, to]: readonly [number, number]): [number, number] => [from, to]
const shownLine = ({ code, vi, en, personId, rollId, place }: Line) => ({
  code,
  vi,
  en,
  ...(personId && { personId }),
  ...(rollId && { rollId }),
  ...(place !== undefined && { place }),
})
const shownHolding = ({ mine, name, since, until }: Holding) => ({
  mine,
  name,
  since: since.toISOString(),
  until: until.toISOString(),
})
const shownLying = ({ to, at, ...lying }: Lying) => ({
  ...lying,
  ...(to !== undefined && { to }),
  at: at.toISOString(),
})

function shownReview({
  roll,
  schoolName,
  row,
  candidates,
  holding,
  lying,
  answered,
  next,
  previous,
  ...review
}: Review) {
  return {
    roll: { id: roll.id, school: { id: roll.schoolId, name: schoolName }, schoolYear: roll.schoolYear },
    row: shownRow(row),
    position: review.position,
    total: review.total,
    candidates: candidates.map(({ personId, probability, isHolder, isDoubt, fields, reasons, defects, context }) => ({
      personId,
      probability,
      isHolder,
      isOnNoRoll: isDoubt === true,
      fields: fields.map(one => ({
        ...one,
        rollMarks: one.rollMarks.map(pair),
        registerMarks: one.registerMarks.map(pair),
      })),
      reasons: [...reasons],
      defects: [...defects],
      context: context.map(shownLine),
    })),
    hints: review.hints.map(shownLine),
    ...(row.margin !== undefined && { margin: row.margin }),
    why: review.why.map(shownLine),
    context: review.context.map(shownLine),
    ...(holding && { holding: shownHolding(holding) }),
    ...(lying && { lying: shownLying(lying) }),
    ...(answered && { answered: { ...answered, at: answered.at.toISOString() } }),
    next: next.map(({ row: one, holding: held }) => ({
      rollId: one.rollId,
      place: one.place,
      row: one.sheetRow,
      name: one.name,
      ...(one.class && { class: one.class }),
      probability: one.probability ?? 0,
      ...whyOf(one),
      ...(one.decision && { decision: one.decision }),
      ...(held && { holding: shownHolding(held) }),
    })),
    ...(previous !== undefined && { previous }),
  }
}

const shownNext = (review: Review | undefined) => (review ? { review: shownReview(review) } : {})

async function schoolOf(work: Work, id: string) {
  return { id, name: (await units.getSchool(work, id as Id<'school'>)).name }
}

/** Names of schools are asked one after another: a work has one connection. */
async function withSchools<T extends { readonly schoolId: string }, Shown>(
  work: Work,
  all: readonly T[],
  show: (one: T, school: { id: string; name: string }) => Shown,
): Promise<Shown[]> {
  const schools = new Map<string, { id: string; name: string }>()
  for (const { schoolId } of all) if (!schools.has(schoolId)) schools.set(schoolId, await schoolOf(work, schoolId))
  return all.map(one => show(one, schools.get(one.schoolId)!))
}

async function shownPart(
  work: Work,
  part: Part,
  where: { readonly rollId?: RollId; readonly offset?: number | undefined; readonly limit?: number | undefined },
) {
  const { rows, total } = await rowsOfPart(work, part, where)
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
    const { rollId: id, place } = spotOf(params)
    return shownReview(
      await rowForReview(work, id, place, { of: query.of ?? 'review', rollId: query.all ? undefined : id }),
    )
  })
  serve(doors, contract.nextReview, async (work, { params, query }) => {
    const { id } = await reconciledRoll(work, rollId(params.id))
    return shownNext(await nextForReview(work, id, { after: { rollId: id, place: query.after ?? 0 }, of: query.of }))
  })
  serve(doors, contract.nextReviewOfUnit, async (work, { query: { afterRoll, after, of } }) =>
    shownNext(
      await nextForReview(work, undefined, {
        ...(afterRoll && { after: spotOf({ id: afterRoll, place: after ?? 0 }) }),
        of,
      }),
    ),
  )

  serve(doors, contract.claimRow, async (work, { params }) => ({
    until: (await claim(work, spotOf(params))).toISOString(),
  }))
  serve(doors, contract.leaveRow, async (work, { params }) => {
    await leave(work, spotOf(params))
    return {}
  })
  serve(doors, contract.decideRow, async (work, { params, body }) => {
    const { row, counts } = await decide(work, rollId(params.id), params.place, saidIn(body))
    return { row: shownRow(row), counts: { ...counts } }
  })
  serve(doors, contract.undoDecision, async (work, { params }) => {
    const { row, counts } = await undo(work, rollId(params.id), params.place)
    return { row: shownRow(row), counts: { ...counts } }
  })
  serve(doors, contract.ownReviewDeeds, async work => ({
    deeds: await withSchools(work, await ownDeedsOf(work), (one, school) => ({
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
    receivers: (await receiversOf(work, spotOf(params))).map(one => ({
      kind: one.kind,
      unitId: one.unitId,
      unitName: one.unitName,
      ...(one.kind === 'colleague' && { officerId: one.officerId, name: one.name }),
      personIds: one.kind === 'residence' ? [...one.personIds] : [],
    })),
  }))
  serve(doors, contract.handOnRow, async (work, { params, body }) => {
    await handOn(work, spotOf(params), body)
    return {}
  })
  serve(doors, contract.handBackRow, async (work, { params, body }) => {
    await handBack(work, spotOf(params), body.note)
    return {}
  })
  serve(doors, contract.listHandedOn, async (work, { query }) => ({
    rows: await withSchools(work, await handedOn(work, query.which), (one, school) => ({
      rollId: one.rollId,
      place: one.place,
      row: one.row.sheetRow,
      ...(one.row.class && { class: one.row.class }),
      name: one.row.name,
      school,
      lying: shownLying(one.lying),
    })),
  }))

  serve(doors, contract.reviewProgress, async (work, { params }) => progressOf(work, { rollId: rollId(params.id) }))
  serve(doors, contract.reviewProgressOfUnit, async work => progressOf(work, {}))
  serve(doors, contract.reviewRows, async (work, { params, query: { part, ...page } }) =>
    shownPart(work, part, { rollId: rollId(params.id), ...page }),
  )
  serve(doors, contract.reviewRowsOfUnit, async (work, { query: { part, ...page } }) => shownPart(work, part, page))
}
