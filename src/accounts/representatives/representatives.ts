import { latestDay, yearsBetween } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { type Admission, admissionOf, wardAccounts } from '../law.ts'
import { accountProblem } from '../problems.ts'
import type { RepresentativeRelation, UnfitReason } from './contract.ts'
import { findGuardian, findKin, type KinRow } from './store.ts'
import { problemOfUnfit, unfitReasonOf } from './why-unfit.ts'

/**
 * Representatives: father, mother or guardian requests a child's account with their own activated level 2 account,
 * confirms with it, and gives their phone (NĐ69/2024 Art. 10, 14).
 * A child and a named representative come in. Decided is whether the law of the day gives the child an account, and who
 * of the register's kin can act. Another may act later (change.ts): both phones are notified, and the former one's
 * access ends.
 * Deeds: account.representative-changed, .representative-lost, .phone-changed (with the representative's),
 * factor.removed, device.ended, slip.ended.
 */

/**
 * Who acts for a person's account of a level under the law of the day; undefined if the law gives none. For a grown
 * person under guardianship the guardian does.
 */
export async function findActor(
  work: Work,
  personId: register.PersonId,
  level: 1 | 2,
): Promise<Admission['acts'] | undefined> {
  const { birthDate } = await register.getSummary(work, personId)
  const acts = admissionOf(level, yearsBetween(latestDay(birthDate), work.today), work.today, work)?.acts
  if (!acts || !(await register.guardianOf(work, personId))) return acts
  return ruleOn(wardAccounts, work.today, work) === 'own' ? 'representative' : undefined
}

/** The highest level that the law of the day gives a person at their age, and who acts; `none` without an account. */
export async function findAdmission(
  work: Work,
  personId: register.PersonId,
): Promise<{ readonly acts: Admission['acts']; readonly level: 1 | 2 } | { readonly acts: 'none' }> {
  for (const level of [2, 1] as const) {
    const acts = await findActor(work, personId, level)
    if (acts) return { acts, level }
  }
  return { acts: 'none' }
}

type Representative = {
  /** Absent if the register has a name without a person. */
  readonly personId?: register.PersonId
  readonly relation: RepresentativeRelation
  readonly name: string
  readonly phone?: string
  /** Why they cannot act for the child; absent if they can. */
  readonly unfit?: UnfitReason
}

function representativeView(row: KinRow, work: Work): Representative {
  const { personId, relation, name, phone } = row
  const unfit = unfitReasonOf(row, work)
  return { ...(personId && { personId }), relation, name: name ?? '', ...(phone && { phone }), ...(unfit && { unfit }) }
}

/**
 * Father, mother and guardian of a child in the register, or the guardian of a grown person, and who of them can act. A
 * parent may live in another unit:
 * any office opens the account.
 */
export async function listRepresentatives(work: Work, childId: register.PersonId): Promise<Representative[]> {
  await register.getSummary(work, childId)
  const guardianId = await register.guardianOf(work, childId)
  const rows = await withHouseScope(work, house =>
    guardianId ? findGuardian(house, guardianId) : findKin(house, childId),
  )
  return rows.map(row => representativeView(row, work))
}

/** The chosen representative: from the register's kin, or by number. */
export type RepresentativeChoice = {
  readonly representativeId?: Id<'person'> | undefined
  readonly representativeNumber?: string | undefined
}

async function findRepresentativeId(
  work: Work,
  { representativeId, representativeNumber }: RepresentativeChoice,
): Promise<register.PersonId> {
  if (representativeId) return representativeId
  if (!representativeNumber?.trim()) throw accountProblem('account-representative-needed')
  const found = await register.findByNumber(work, representativeNumber)
  if (!found) throw accountProblem('account-representative-not-kin')
  return found.id
}

/**
 * The representative of a child, with the phone of their account. Throws account-representative-needed (none was
 * named), account-representative-not-kin, -not-living, -under-age, -no-account, number-not-twelve-digits.
 */
export async function getFitRepresentative(
  work: Work,
  childId: register.PersonId,
  choice: RepresentativeChoice,
): Promise<{ readonly id: register.PersonId; readonly phone?: string }> {
  const id = await findRepresentativeId(work, choice)
  const theirs = (await listRepresentatives(work, childId)).filter(({ personId }) => personId === id)
  const fit = theirs.find(({ unfit }) => !unfit)
  if (!fit) throw accountProblem(problemOfUnfit[theirs[0]?.unfit ?? 'not-in-register'])
  return { id, ...(fit.phone && { phone: fit.phone }) }
}
