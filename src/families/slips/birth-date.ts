import * as accessLinks from '../../access-links/access-links.ts'
import { type PartialDay, slashedDay, wholeDay } from '../../platform/day.ts'
import { asId, type Id } from '../../platform/ids.ts'
import { type Deed, type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'

/**
 * A slip opens by the child’s birth date: once that is corrected, or of two records the right one stands, by the date
 * that is true, so that nobody has to print the paper anew.
 */

async function openByTrueDate(house: Work, personId: Id<'person'>): Promise<void> {
  const [person] = await register.listSummaries(house, [personId])
  const bornOn = person && wholeDay(person.birthDate as PartialDay)
  if (!bornOn) return
  for (const { id, end } of await accessLinks.linksOf(house, 'family', personId))
    if (!end) await accessLinks.setNewPin(house, id, { known: slashedDay(bornOn) })
}

/** A consequence of `correction.approved`. */
export const followCorrectedBirthDate = (work: Work, { subject }: Pick<Deed, 'subject'>): Promise<void> =>
  withHouseScope(work, async house => {
    const { personId, changes } = await register.getCorrection(house, asId<'correction'>(subject.id))
    if (changes.some(({ field }) => field === 'birth_date')) await openByTrueDate(house, personId)
  })

/** A consequence of `person.merged`, once the records are moved. */
export const followMergedBirthDate = (work: Work, { facts }: Pick<Deed, 'facts'>): Promise<void> => {
  const { survivor } = facts as { readonly survivor: Id<'person'> }
  return withHouseScope(work, house => openByTrueDate(house, survivor))
}
