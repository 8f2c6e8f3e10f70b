import type { Work } from '../../platform/work.ts'
import type { RollRow, Spot } from '../row.ts'
import { asLying, type Lying, namesOf } from './hands.ts'
import { openHandOns } from './referral.ts'
import { rowsOn } from './store.ts'

export type HandedOn = Spot & { readonly schoolId: string; readonly row: RollRow; readonly lying: Lying }

/**
 * Waiting rows that were referred to the actor, or by the actor, the oldest first. Their candidates are shown row by
 * row.
 */
export async function handedOn(work: Work, which: 'to-me' | 'by-me'): Promise<HandedOn[]> {
  const open = await openHandOns(work, which)
  const found = new Map((await rowsOn(work, open)).map(row => [`${row.rollId} ${row.place}`, row]))
  const names = await namesOf(
    work,
    open.flatMap(({ fromOfficer, toOfficer }) => [fromOfficer, toOfficer ?? '']),
  )
  const told: HandedOn[] = []
  for (const one of open) {
    const row = found.get(`${one.rollId} ${one.place}`)
    if (row)
      told.push({
        rollId: one.rollId,
        place: one.place,
        schoolId: one.schoolId,
        row,
        lying: await asLying(work, one, names),
      })
  }
  return told
}
