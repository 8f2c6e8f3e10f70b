import { createHash } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { nextCode } from '../batch-box-and-list-code.ts'
import { actingUnit, type CardRef, closeAccessWhenOver, holdCardByRef } from '../lifecycle.ts'
import { type PageRequest, pageOf } from '../paging.ts'
import * as location from '../store-location.ts'
import { giveToHolder } from './hand-over.ts'
import type { HandOverList, lineOutcomes } from './list.ts'
import { handOverProblem } from './problems.ts'
import { refuseHandOver } from './refuse-hand-over.ts'
import * as hands from './store.ts'

/** Throws list-unknown. */
export async function getHandOverList(work: Work, id: string): Promise<HandOverList> {
  const list = await hands.findList(work, id)
  if (!list) throw handOverProblem('list-unknown')
  return list
}

export type NewHandOverList = {
  readonly schoolId: Id<'school'>
  readonly teacherName: string
  readonly cards: readonly CardRef[]
  /** Of the teacher, for the cards. */
  readonly signature?: Buffer | undefined
  readonly unitId?: Id<'unit'> | undefined
}

/**
 * Gives cards that lie here out with a list. Throws school-unknown, list-empty, teacher-needed, card-unknown,
 * card-handed-over, card-not-here, card-withheld, card-in-a-box, card-on-a-list.
 */
export async function giveOutList(
  work: Work,
  { schoolId, teacherName, cards, signature, unitId }: NewHandOverList,
): Promise<HandOverList> {
  const unit = await actingUnit(work, unitId)
  await units.getSchool(work, schoolId as units.SchoolId)
  if (teacherName.trim() === '') throw handOverProblem('teacher-needed')
  if (cards.length === 0) throw handOverProblem('list-empty')
  const list = {
    id: newId<'list'>(work.now),
    code: await nextCode(work, unit, 'list'),
    unitId: unit.id,
    schoolId,
    teacherName: teacherName.trim(),
  }
  await hands.insertList(work, list, signature)
  for (const ref of cards) {
    const card = await holdCardByRef(work, ref)
    await refuseHandOver(work, card, { unitId: unit.id })
    await hands.insertListLine(work, list.id, card)
    await location.setLocation(work, [card], { kind: 'list', placeId: list.id })
  }
  await audit.record(
    work,
    'hand-over-list.given',
    { kind: 'hand-over-list', id: list.id, unitId: unit.id },
    { school: schoolId, cards: cards.length },
  )
  return getHandOverList(work, list.id)
}

export type ReturnedList = {
  /** The signed sheet as an image. */
  readonly sheet: Buffer
  readonly lines: readonly {
    readonly cardId: Id<'card'>
    readonly outcome: (typeof lineOutcomes)[number]
    readonly signature?: Buffer | undefined
  }[]
}

/**
 * Takes a list back: every line that is still out was signed by its pupil, or its card came back. A card is handed over
 * only here. Throws list-unknown, list-returned, list-not-signed, list-line-open, card-not-on-list, card-handed-over,
 * card-not-here, card-withheld.
 */
export async function returnList(work: Work, listId: string, { sheet, lines }: ReturnedList): Promise<HandOverList> {
  const list = await hands.holdList(work, listId)
  if (!list) throw handOverProblem('list-unknown')
  if (list.state === 'returned') throw handOverProblem('list-returned')
  if (sheet.length === 0) throw handOverProblem('list-not-signed')
  const open = (await hands.findListLines(work, listId)).filter(({ outcome }) => outcome === null)
  const said = new Map(lines.map(line => [line.cardId, line]))
  const left = open.filter(({ cardId }) => !said.has(cardId))
  if (left.length > 0) throw handOverProblem('list-line-open', { cards: left.map(({ cardId }) => cardId) })
  if (said.size !== open.length) throw handOverProblem('card-not-on-list')

  await hands.setListReturned(work, listId, sheet, createHash('sha256').update(sheet).digest('hex'))
  for (const { cardId, outcome, signature } of said.values()) {
    const card = await holdCardByRef(work, { cardId })
    if (outcome === 'came-back') {
      await hands.setLineOutcome(work, listId, card, 'came-back')
      await location.setLocation(work, [card], { kind: 'unit', placeId: list.unitId })
      await closeAccessWhenOver(work, card)
      continue
    }
    await refuseHandOver(work, card, { listId })
    await giveToHolder(work, card, { toKind: 'teacher', listId, unitId: list.unitId, ...(signature && { signature }) })
  }
  const after = await getHandOverList(work, listId)
  await audit.record(
    work,
    'hand-over-list.returned',
    { kind: 'hand-over-list', id: listId, unitId: list.unitId },
    { handedOver: after.handedOver, cameBack: after.cameBack },
  )
  return after
}

export const listHandOverLists = async (work: Work, page: PageRequest = {}) =>
  pageOf(await hands.findLists(work, { after: page.after, limit: (page.limit ?? 100) + 1 }), page, ({ id }) => id)

/** One list with its lines, by name. Throws list-unknown. */
export async function showHandOverList(work: Work, id: string) {
  const list = await getHandOverList(work, id)
  const lines = await hands.findListLines(work, id)
  await audit.noteReading(
    work,
    lines.map(({ personId }) => personId),
    ['card', 'name'],
  )
  return { list, lines }
}
