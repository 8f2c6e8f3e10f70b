/**
 * An officer of the police gives a school numbers. In: named rows of its roll, with a reason of the list. Decided: that
 * each row has a pupil with a number whom the officer sees whole. Out: the numbers, which the school reads with its
 * roll; each is a deed that keeps the reason, and stands in the person's history. Deeds: number.released.
 */
import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { rollProblem } from '../problems.ts'
import type { RollId } from '../roll.ts'
import { findRoll, type KeptRoll } from '../store.ts'
import { findNumbers } from '../store-person.ts'
import { findRowsByPlace } from '../store-row.ts'
import type { ReleaseReason } from './release-reason.ts'
import * as store from './store.ts'
import { sayReleaseReason } from './words.ts'

export type NumberRelease = {
  readonly places: readonly number[]
  readonly why: ReleaseReason
  readonly reason?: string
}

/** What a person's history says of it, in the language of the record. Throws release-reason-needed. */
function reasonText({ why, reason = '' }: NumberRelease): string {
  const words = reason.trim()
  if (why === 'other' && words === '') throw rollProblem('release-reason-needed')
  return why === 'other' ? words : [sayReleaseReason('vi')(why), ...(words ? [words] : [])].join(': ')
}

async function getRollInForce(work: Work, id: RollId): Promise<KeptRoll> {
  const roll = await findRoll(work, id)
  if (!roll) throw rollProblem('roll-unknown')
  if (!roll.inForce) throw rollProblem('roll-not-reconciled')
  return roll
}

/**
 * Throws roll-unknown, roll-not-reconciled, release-reason-needed, number-not-released with the rows that have none to
 * give.
 */
export async function releaseNumbers(work: Work, id: RollId, release: NumberRelease): Promise<number> {
  const { places, why } = release
  const said = reasonText(release)
  const roll = await getRollInForce(work, id)
  const rows = await findRowsByPlace(work, id, places)
  const numbers = await findNumbers(
    work,
    rows.flatMap(({ personId, outcome }) => (personId && outcome === 'matched' ? [personId] : [])),
  )
  const given = rows.flatMap(({ id: rowId, place, personId }) => {
    const number = personId && numbers.get(personId)
    return personId && number ? [{ rowId, place, personId, number }] : []
  })
  const lacking = places.filter(place => !given.some(one => one.place === place))
  if (lacking.length > 0) throw rollProblem('number-not-released', { places: lacking })

  await store.insertReleased(work, roll.schoolId, given, { why, said })
  await audit.noteReading(
    work,
    given.map(({ personId }) => personId),
    ['number'],
  )
  const school = await units.getSchool(work, roll.schoolId)
  for (const { rowId, place, personId } of given) {
    await register.noteRelease(work, personId, { to: school.name, why: said })
    await audit.record(
      work,
      'number.released',
      { kind: 'roll-row', id: rowId, personId, unitId: roll.schoolId },
      { rollId: id, place, why },
    )
  }
  return given.length
}

export type ReleasedNumber = {
  readonly place: number
  readonly name: string
  readonly class: string | null
  readonly number: string
  readonly releasedOn: string
}

/** What was released of the rows of a roll. The reading is noted. */
export async function listReleasedNumbers(work: Work, id: RollId): Promise<ReleasedNumber[]> {
  await getRollInForce(work, id)
  const found = await store.findReleased(work, id)
  await audit.noteReading(
    work,
    found.map(({ personId }) => personId),
    ['number'],
  )
  return found.map(({ personId: _whose, ...one }) => one)
}
