import * as audit from '../../audit/audit.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { serialShape } from '../card.ts'
import { largestBlankLot } from '../law.ts'
import { actingUnit } from '../lifecycle.ts'
import { type PageRequest, pageOf } from '../paging.ts'
import { refuseSecondChecker } from '../second-officer.ts'
import type { BlankBalance } from './blank.ts'
import { productionProblem } from './problems.ts'
import * as blanks from './store-blank.ts'

/** By how many, or by the first and the last serial, which differ in the digits at their end. */
export type NewBlankLot = { readonly code: string; readonly unitId?: Id<'unit'> | undefined } & (
  | { readonly count: number }
  | { readonly firstSerial: string; readonly lastSerial: string }
)

function serialRunOf(first: string, last: string): { run: blanks.SerialRun; size: number } {
  const [, letters = '', digits = ''] = /^(.*?)(\d{1,15})$/u.exec(first) ?? []
  const size = Number(last.slice(letters.length)) - Number(digits) + 1
  const fits =
    serialShape.test(first) &&
    first.length === last.length &&
    last.startsWith(letters) &&
    /^\d+$/.test(last.slice(letters.length))
  if (digits === '' || !fits || !(size >= 1)) throw productionProblem('blank-range-malformed')
  return { run: { letters, first: Number(digits), digits: digits.length }, size }
}

/** Takes a lot of blanks in. Throws blank-range-malformed, blank-lot-size, blank-lot-known, serial-used. */
export async function receiveBlanks(work: Work, received: NewBlankLot): Promise<{ lotId: string; size: number }> {
  const code = received.code.trim()
  const unit = await actingUnit(work, received.unitId)
  const { run, size } =
    'count' in received
      ? { run: undefined, size: received.count }
      : serialRunOf(received.firstSerial.trim(), received.lastSerial.trim())
  if (!Number.isInteger(size) || size < 1 || size > largestBlankLot)
    throw productionProblem('blank-lot-size', { most: largestBlankLot })
  if (await blanks.isLotKnown(work, unit.id, code)) throw productionProblem('blank-lot-known')
  if (run && (await blanks.countTakenSerials(work, run, size)) > 0) throw productionProblem('serial-used')
  const lot = {
    id: newId<'lot'>(work.now),
    unitId: unit.id,
    code,
    size,
    numbered: run !== undefined,
    receivedOn: work.today,
  }
  await blanks.insertLot(work, lot)
  await blanks.insertBlanks(work, lot, run)
  await audit.record(work, 'blanks.received', { kind: 'blank-lot', id: lot.id, unitId: unit.id }, { size })
  return { lotId: lot.id, size }
}

/** Over all lots that the work sees. */
export const blankBalance: (work: Work) => Promise<BlankBalance> = blanks.findBalance

export const listLots = async (work: Work, page: PageRequest = {}) =>
  pageOf(await blanks.findLots(work, { after: page.after, limit: (page.limit ?? 100) + 1 }), page, ({ id }) => id)

/**
 * Blanks of which no card can be made any more: by their serials, or so many of a lot that bears none. Throws
 * blank-lot-unknown, blank-not-in-stock.
 */
export async function spoilBlanks(
  work: Work,
  selection: { readonly serials: readonly string[] } | { readonly lotId: string; readonly count: number },
  { reason }: { readonly reason: string },
): Promise<{ spoiled: number }> {
  if ('lotId' in selection && !(await blanks.holdLot(work, selection.lotId)))
    throw productionProblem('blank-lot-unknown')
  const asked = 'serials' in selection ? new Set(selection.serials).size : selection.count
  const spoiled =
    'serials' in selection
      ? await blanks.spoilSerials(work, selection.serials, 'in-stock', reason)
      : await blanks.spoilUnnumbered(work, selection.lotId, selection.count, reason)
  if (spoiled !== asked) throw productionProblem('blank-not-in-stock', { asked, inStock: spoiled })
  await audit.record(
    work,
    'blank.spoiled',
    { kind: 'blank-lot', id: 'lotId' in selection ? selection.lotId : 'serials', unitId: work.unitId },
    { spoiled, reason },
  )
  return { spoiled }
}

/** Who can count with the actor: others of the unit who keep its blanks. */
export const listSecondCheckers = async (work: Work) =>
  (await staff.colleaguesOf(work, 'cards.blanks')).map(({ id, fullName }) => ({ id, name: fullName }))

export type StockCount = {
  readonly lotId: string
  /** How many lie in stock. */
  readonly counted: number
  /** The second officer. */
  readonly secondChecker: Id<'officer'>
  /** Needed where the count differs from the books. */
  readonly reason?: string | undefined
  /** Of a lot with serials: which are missing, or which that were missing have turned up. */
  readonly serials?: readonly string[] | undefined
}

/**
 * Counts the blanks of a lot: fewer than the books say are missing from now on, more are some that were missing. Throws
 * blank-lot-unknown, second-checker-needed, second-checker-unknown, stock-take-reason-needed,
 * stock-take-serials-needed, stock-take-too-many.
 */
export async function takeStock(
  work: Work,
  { lotId, counted, secondChecker, reason, serials = [] }: StockCount,
): Promise<{ expected: number; difference: number }> {
  const lot = await blanks.holdLot(work, lotId)
  if (!lot) throw productionProblem('blank-lot-unknown')
  await refuseSecondChecker(work, 'blanks-counted', secondChecker)
  const difference = counted - lot.inStock
  if (difference !== 0 && !reason?.trim())
    throw productionProblem('stock-take-reason-needed', { expected: lot.inStock })
  if (difference > lot.missing)
    throw productionProblem('stock-take-too-many', { expected: lot.inStock, missing: lot.missing })
  const take = {
    id: newId<'stock-take'>(work.now),
    lotId,
    unitId: lot.unitId,
    expected: lot.inStock,
    counted,
    secondChecker,
    ...(reason && { reason }),
  }
  await blanks.insertStockTake(work, take)
  const differing = Math.abs(difference)
  const moved =
    differing &&
    (await blanks.moveBetweenStockAndMissing(
      work,
      take,
      difference < 0 ? 'missing' : 'in-stock',
      lot.numbered ? { serials } : { count: differing },
    ))
  if (moved !== differing) throw productionProblem('stock-take-serials-needed', { differing, named: moved })
  await audit.record(
    work,
    'blanks.counted',
    { kind: 'blank-lot', id: lotId, unitId: lot.unitId },
    { expected: lot.inStock, counted, witness: secondChecker },
  )
  return { expected: lot.inStock, difference }
}
