import * as audit from '../../audit/audit.ts'
import { isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { rollProblem } from '../problems.ts'
import type { RollId } from '../roll.ts'
import * as store from '../store.ts'
import { openHandOns } from './referral.ts'
import { type Counted, countParts, type ListedSpot, listPart, type Part } from './store.ts'
import { type OwnDeed, ownDeeds } from './store-own-deeds.ts'

/** How far a roll is, or all rolls that the scope sees; and how fast the officer goes. */
export type Progress = Counted & {
  /** Open rows that lie with the officer or their unit. */
  readonly toMe: number
  /** Rows an hour in this sitting; undefined until three are decided. */
  readonly perHour?: number | undefined
}

type Where = { readonly rollId?: RollId | undefined }

async function refuseUnknown(work: Work, { rollId }: Where): Promise<void> {
  if (rollId && !(await store.findRoll(work, rollId))) throw rollProblem('roll-unknown')
}

export async function progressOf(work: Work, where: Where): Promise<Progress> {
  await refuseUnknown(work, where)
  const counted = await countParts(work, where)
  const perHour = paceOf((await ownDeeds(work, shiftOf(work), mostDeeds)).map(({ at }) => at.getTime()))
  return { ...counted, toMe: (await openHandOns(work, 'to-me')).length, ...(perHour !== undefined && { perHour }) }
}

/** Sessions end after twelve hours: decisions since then can be undone. */
const shiftHours = 12
const shiftOf = ({ now }: Work) => new Date(now.getTime() - shiftHours * 3_600_000)
const mostDeeds = 500

/** Who pauses longer than this begins a new sitting. */
const longestPause = 10 * 60_000

/**
 * Rows an hour since the last long pause; `instants` in milliseconds, the latest first. Undefined for fewer than three
 * rows.
 */
export function paceOf(instants: readonly number[]): number | undefined {
  const end = instants.findIndex((at, i) => i > 0 && instants[i - 1]! - at > longestPause)
  const sitting = end < 0 ? instants : instants.slice(0, end)
  const [last, first] = [sitting[0], sitting.at(-1)]
  if (sitting.length < 3 || last === undefined || first === undefined || last <= first) return undefined
  return Math.round(((sitting.length - 1) * 3_600_000) / (last - first))
}

/** The decisions and referrals of this officer's shift that can be undone, the latest first. */
export const ownDeedsOf = (work: Work): Promise<OwnDeed[]> => ownDeeds(work, shiftOf(work), mostDeeds)

export type Listed = ListedSpot & { readonly heldByName?: string | undefined }

/** The rows that a figure of the progress counts. The reading of their persons is noted. */
export async function rowsOfPart(
  work: Work,
  part: Part,
  {
    rollId,
    offset = 0,
    limit = 100,
  }: Where & { readonly offset?: number | undefined; readonly limit?: number | undefined },
): Promise<{ readonly rows: readonly Listed[]; readonly total: number }> {
  await refuseUnknown(work, { rollId })
  const found = await listPart(work, part, { rollId, offset, limit })
  const names = await staff.namesOf(work, found.flatMap(({ heldBy }) => heldBy ?? []).filter(isId))
  await audit.noteReading(
    work,
    found.flatMap(({ personId }) => personId ?? []),
    ['identity'],
  )
  return {
    rows: found.map(row => ({ ...row, ...(row.heldBy && { heldByName: names.get(row.heldBy) ?? '' }) })),
    total: found[0]?.total ?? 0,
  }
}
