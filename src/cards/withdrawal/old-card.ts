import * as audit from '../../audit/audit.ts'
import { isCitizenCard } from '../../names/law.ts'
import { addDays } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import type { Card } from '../card.ts'
import { oldCardsKept } from '../law.ts'
import { actingUnit } from '../lifecycle.ts'
import { type PageRequest, pageOf } from '../paging.ts'
import { refuseSecondChecker } from '../second-officer.ts'
import type { OldKind } from './old-kind.ts'
import { oldCardProblem } from './problems.ts'
import * as oldCards from './store-old-card.ts'

/** Old cards that were collected, from the counter to their destruction by two officers. */

async function insertOldCard(work: Work, old: oldCards.OldCard, unitId: Id<'unit'>): Promise<void> {
  const id = newId<'taken-in'>(work.now)
  if (!(await oldCards.insertTakenIn(work, id, old, unitId))) return
  await audit.record(
    work,
    'old-card.taken-in',
    { kind: 'taken-in', id, personId: old.personId, unitId },
    { kind: old.kind, ...(old.cardId && { card: old.cardId }) },
  )
}

const oldKindOf = (work: Work, { issuedOn }: Card): OldKind =>
  issuedOn && !isCitizenCard(issuedOn, work) ? 'can-cuoc' : 'cccd'

/** A card that is known here goes to the old ones: its successor was handed over, or it ended before anyone had it. */
export async function keepOldCard(work: Work, card: Card, unitId: Id<'unit'>): Promise<void> {
  if (card.serial)
    await insertOldCard(
      work,
      { personId: card.personId, number: card.serial, cardId: card.id, kind: oldKindOf(work, card) },
      unitId,
    )
}

/**
 * Takes an old card in when a new one is applied for, or whenever it is brought: of an identity card of nine digits its
 * number, else the serial. The same again changes nothing. Throws old-card-malformed.
 */
export async function takeInOld(
  work: Work,
  {
    personId,
    kind,
    number,
    unitId,
  }: Pick<oldCards.OldCard, 'personId' | 'kind' | 'number'> & { readonly unitId?: Id<'unit'> | undefined },
): Promise<void> {
  const text = number.trim()
  if (kind === 'cmnd9' ? !/^\d{9}$/.test(text) : text === '' || text.length > 40)
    throw oldCardProblem('old-card-malformed')
  await insertOldCard(work, { personId, kind, number: text }, (await actingUnit(work, unitId)).id)
}

/** Whose number nobody noted is kept all the same: it lies here, and is destroyed with the others. */
export const unnotedNumber = 'không ghi số'

/**
 * The old card that a station collected with a capture. An identity card whose number is not of nine digits is one of
 * twelve, and so of the citizens' cards. `serial`: as the officer noted it, or nothing.
 */
export async function takeInCollected(
  work: Work,
  personId: Id<'person'>,
  { kind, serial = '' }: { readonly kind: 'cmnd' | 'cccd' | 'can-cuoc'; readonly serial?: string | undefined },
  unitId: Id<'unit'>,
): Promise<void> {
  const number = serial.trim() || unnotedNumber
  const isOfTwelve = kind === 'cmnd' && /^\d{12}$/.test(number)
  const as = kind === 'cmnd' ? (isOfTwelve ? 'cccd' : 'cmnd9') : kind
  await insertOldCard(work, { personId, kind: as, number }, unitId)
}

/**
 * Old cards that lie at one's unit, the longest there first, with names as far as one's scope goes. `due`: how many may
 * be destroyed today. `officers`: who of the unit may be
 * the second, which takes no right of its own. Records the reading.
 */
export async function listOldCards(work: Work, page: PageRequest = {}) {
  const unit = await actingUnit(work, undefined)
  const keptDays = ruleOn(oldCardsKept, work.today, work)
  const until = addDays(work.today, -keptDays)
  const { rows, next } = pageOf(
    await oldCards.findLyingAt(work, unit.id, { after: page.after, limit: (page.limit ?? 100) + 1 }),
    page,
    ({ id }) => id,
  )
  const holders = [...new Set(rows.map(({ personId }) => personId))]
  const people = new Map((await register.listSummaries(work, holders)).map(one => [one.id, one.fullName]))
  await audit.noteReading(work, holders, ['card', 'name'])
  const officers = await staff.colleaguesOf(work)
  return {
    ...(await oldCards.countLyingAt(work, unit.id, until)),
    keptDays,
    officers: officers.map(({ id, fullName }) => ({ id, name: fullName })),
    rows: rows.map(row => {
      const name = people.get(row.personId)
      return { ...row, ...(name && { name }), mayBeDestroyed: row.takenOn <= until }
    }),
    ...(next && { next }),
  }
}

/**
 * Two officers destroy the old cards that lie at a unit longer than a month. Throws second-checker-needed,
 * second-checker-unknown, nothing-to-destroy.
 */
export async function destroyOld(
  work: Work,
  { secondChecker, unitId }: { readonly secondChecker: Id<'officer'>; readonly unitId?: Id<'unit'> | undefined },
): Promise<{ cards: number }> {
  await refuseSecondChecker(work, 'old-card-destroyed', secondChecker)
  const unit = await actingUnit(work, unitId)
  const keptFor = ruleOn(oldCardsKept, work.today, work)
  const ids = await oldCards.holdTakenIn(work, unit.id, addDays(work.today, -keptFor))
  if (ids.length === 0) throw oldCardProblem('nothing-to-destroy', { days: keptFor })
  const id = newId<'destruction'>(work.now)
  await oldCards.insertDestruction(work, { id, unitId: unit.id, secondChecker, cards: ids.length })
  await oldCards.setDestroyed(work, ids, id)
  await audit.record(
    work,
    'old-cards.destroyed',
    { kind: 'destruction', id, unitId: unit.id },
    { cards: ids.length, witness: secondChecker },
  )
  return { cards: ids.length }
}
