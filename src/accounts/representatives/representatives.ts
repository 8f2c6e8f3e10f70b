/**
 * Representatives: a child's account is asked for by father, mother or guardian, with an activated account of level 2
 * of their own, by which they confirm, and on their phone (NĐ69/2024 Art. 10, 14). A child and whoever is named come
 * in; decided is whether the law of the day gives the child an account, and who of the register's kin can act. Another
 * may act later: both phones are told, and what the former one held of the account opens it no more (representative-
 * change.ts).
 * Deeds: account.representative-changed, .representative-lost, .phone-changed (with the representative's),
 * factor.removed, device.ended, slip.ended.
 */

import { birthday, latestDay, yearsBetween } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import { seeingHouse, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { type Admission, admissionOf, representativeAge } from '../law.ts'
import { accountProblem } from '../problems.ts'
import type { Relation, Unfit } from './contract.ts'
import { type KinRow, kinOf } from './store.ts'

/** By whose act a person has an account of a level under the law of the day; undefined where it gives them none. */
export async function actsFor(
  work: Work,
  personId: register.PersonId,
  level: 1 | 2,
): Promise<Admission['acts'] | undefined> {
  const { birthDate } = await register.getSummary(work, personId)
  return admissionOf(level, yearsBetween(latestDay(birthDate), work.today), work.today, work)?.acts
}

/**
 * The highest level that the law of the day gives a person at their age, and by whose act; `none` where it gives them
 * no account.
 */
export async function admittedTo(
  work: Work,
  personId: register.PersonId,
): Promise<{ readonly acts: Admission['acts']; readonly level: 1 | 2 } | { readonly acts: 'none' }> {
  for (const level of [2, 1] as const) {
    const acts = await actsFor(work, personId, level)
    if (acts) return { acts, level }
  }
  return { acts: 'none' }
}

type Representative = {
  /** Absent where the register has a name and no person. */
  readonly personId?: register.PersonId
  readonly relation: Relation
  readonly name: string
  readonly phone?: string
  /** Why they cannot act for the child; absent where they can. */
  readonly unfit?: Unfit
}

/** What stands first against them. */
function unfitness(
  { personId, lifeStatus, birthY, birthM, birthD, hasAccount }: KinRow,
  work: Work,
): Unfit | undefined {
  if (!personId || birthY === null) return 'not-in-register'
  if (lifeStatus !== 'alive') return 'not-living'
  const bornOn = latestDay({ y: birthY, ...(birthM && { m: birthM }), ...(birthM && birthD && { d: birthD }) })
  if (birthday(bornOn, ruleOn(representativeAge, work.today, work)) > work.today) return 'under-age'
  return hasAccount ? undefined : 'no-account'
}

function shown(row: KinRow, work: Work): Representative {
  const { personId, relation, name, phone } = row
  const unfit = unfitness(row, work)
  return { ...(personId && { personId }), relation, name: name ?? '', ...(phone && { phone }), ...(unfit && { unfit }) }
}

/**
 * Whom the register has as father, mother or guardian of a child in the work's sight, and who of them can act. A parent
 * may live in another's unit: any office opens the account.
 */
export async function representativesOf(work: Work, childId: register.PersonId): Promise<Representative[]> {
  await register.getSummary(work, childId)
  const rows = await seeingHouse(work, house => kinOf(house, childId))
  return rows.map(row => shown(row, work))
}

/** A representative as somebody names them: chosen from the register's kin, or by their number. */
export type Named = {
  readonly representativeId?: string | undefined
  readonly representativeNumber?: string | undefined
}

async function idOf(work: Work, { representativeId, representativeNumber }: Named): Promise<string> {
  if (representativeId) return representativeId
  if (!representativeNumber?.trim()) throw accountProblem('account-representative-needed')
  const found = await register.findByNumber(work, representativeNumber)
  if (!found) throw accountProblem('account-representative-not-kin')
  return found.id
}

const refusals = {
  'not-in-register': 'account-representative-not-kin',
  'not-living': 'account-representative-not-living',
  'under-age': 'account-representative-under-age',
  'no-account': 'account-representative-no-account',
} as const satisfies Record<Unfit, string>

/**
 * The one who acts for a child, with the phone of their account. Throws account-representative-needed (nobody was
 * named), account-representative-not-kin, -not-living, -under-age, -no-account, number-not-twelve-digits.
 */
export async function fitRepresentative(
  work: Work,
  childId: register.PersonId,
  named: Named,
): Promise<{ readonly id: string; readonly phone?: string }> {
  const id = await idOf(work, named)
  const theirs = (await representativesOf(work, childId)).filter(({ personId }) => personId === id)
  const fit = theirs.find(({ unfit }) => !unfit)
  if (!fit) throw accountProblem(refusals[theirs[0]?.unfit ?? 'not-in-register'])
  return { id, ...(fit.phone && { phone: fit.phone }) }
}
