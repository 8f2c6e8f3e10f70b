import * as accounts from '../../accounts/accounts.ts'
import * as outreach from '../../outreach/outreach.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'

/** The phones of one person, in the order in which messages use them. */
const phonesOf = async (work: Work, id: register.PersonId): Promise<string[]> => {
  const ofAccount = await accounts.findPhone(work, id)
  return [...(ofAccount ? [ofAccount] : []), ...(await register.phonesOf(work, id))]
}

/** Those of some phones to which messages about a person may go: nobody said that they are not theirs. */
async function withoutDisowned(work: Work, about: register.PersonId, phones: readonly string[]): Promise<string[]> {
  const disowned = await outreach.disownedAmong(work, about, phones)
  return phones.filter(phone => !disowned.has(phone))
}

/** Each of the mother, the father and the guardians, whose phones are used in this order. */
async function familyOf(house: Work, id: register.PersonId): Promise<register.PersonId[]> {
  const kin = await register.kinOf(house, id)
  return ['mother', 'father', 'guardian'].flatMap(relation =>
    kin.flatMap(one => (one.relation === relation && one.personId ? [one.personId] : [])),
  )
}

/**
 * The phone by which a person’s family is reached: their own account’s, else one of theirs in the register; of a pupil
 * without one, that of the mother, the father or a guardian. One that was said not to be theirs is passed over. The
 * number goes into a message and is shown to nobody, so that it is looked up beyond the scope of whoever sends.
 */
export async function findFamilyPhone(work: Work, id: register.PersonId): Promise<string | undefined> {
  const [own] = await withoutDisowned(work, id, await phonesOf(work, id))
  if (own) return own
  return withHouseScope(work, async house => {
    for (const personId of await familyOf(house, id)) {
      const [phone] = await withoutDisowned(house, id, await phonesOf(house, personId))
      if (phone) return phone
    }
    return undefined
  })
}

/** Every phone to which messages about a person could go, also one that was disowned. Asked by the house. */
export async function familyPhones(house: Work, id: register.PersonId): Promise<string[]> {
  const phones: string[] = []
  for (const personId of [id, ...(await familyOf(house, id))]) phones.push(...(await phonesOf(house, personId)))
  return [...new Set(phones)]
}
