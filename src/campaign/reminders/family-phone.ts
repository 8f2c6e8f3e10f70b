import * as accounts from '../../accounts/accounts.ts'
import * as outreach from '../../outreach/outreach.ts'
import { birthday, latestDay } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { parentsToldBelowAge } from '../law.ts'

/** Those of some phones to which messages about a person may go: nobody said that they are not theirs. */
async function withoutDisowned(work: Work, about: register.PersonId, phones: readonly string[]): Promise<string[]> {
  const disowned = await outreach.disownedAmong(work, about, phones)
  return phones.filter(phone => !disowned.has(phone))
}

/** Whose phones are used, in this order. */
const family: readonly string[] = ['mother', 'father', 'guardian']

/** Those of a person's family, in some relations, who live. */
async function familyOf(
  house: Work,
  id: register.PersonId,
  relations: readonly string[] = family,
): Promise<register.PersonId[]> {
  const kin = await register.kinOf(house, id)
  const theirs = relations.flatMap(relation =>
    kin.flatMap(one => (one.relation === relation && one.personId ? [one.personId] : [])),
  )
  if (theirs.length === 0) return []
  // The number of the dead is soon somebody else's.
  const dead = (await register.listSummaries(house, theirs)).filter(({ lifeStatus }) => lifeStatus === 'dead')
  return theirs.filter(one => dead.every(({ id: gone }) => gone !== one))
}

/** Who is told of a person's affairs beside them: of somebody who has left school no parent is. */
async function whoSpeaksFor(house: Work, id: register.PersonId): Promise<register.PersonId[]> {
  const [person] = await register.listSummaries(house, [id])
  const isPupil =
    !person || birthday(latestDay(person.birthDate), ruleOn(parentsToldBelowAge, house.today, house)) > house.today
  return familyOf(house, id, isPupil ? family : ['guardian'])
}

/** Who speaks for a person, and the phones by which they are reached. */
type Speaker = { readonly id: register.PersonId; readonly phones: readonly string[] }

/**
 * Whose phone messages about a person use: their own, of the account or in the register; of a pupil without one, that
 * of the mother, the father or a guardian. One that was said not to be theirs is passed over. The number goes into a
 * message and is shown to nobody, so that it is looked up beyond the scope of whoever sends.
 */
async function findSpeaker(work: Work, id: register.PersonId): Promise<Speaker | undefined> {
  const own = await withoutDisowned(work, id, await accounts.phonesOf(work, id))
  if (own.length > 0) return { id, phones: own }
  return withHouseScope(work, async house => {
    for (const personId of await whoSpeaksFor(house, id)) {
      const phones = await withoutDisowned(house, id, await accounts.phonesOf(house, personId))
      if (phones.length > 0) return { id: personId, phones }
    }
    return undefined
  })
}

/** The phone by which a person’s family is reached. */
export const findFamilyPhone = async (work: Work, id: register.PersonId): Promise<string | undefined> =>
  (await findSpeaker(work, id))?.phones[0]

export type FamilyWays = Required<Pick<outreach.OutgoingMessage, 'to' | 'otherwise'>>

/**
 * The addresses of whoever speaks for a person, in order: their phones, the mailbox that they confirmed, last a letter
 * to the person’s home. Nobody is written to by letter alone: who has no phone is visited or told at school.
 */
export async function findFamilyWays(work: Work, id: register.PersonId): Promise<FamilyWays | undefined> {
  const speaker = await findSpeaker(work, id)
  const [to, ...phones] = (speaker?.phones ?? []).map(number => ({ kind: 'phone', number }) as const)
  if (!speaker || !to) return undefined
  return { to, otherwise: [...phones, ...(await accounts.otherWaysOf(work, speaker.id, id))] }
}

/** Every phone to which messages about a person could go, also one that was disowned. Asked by the house. */
export async function familyPhones(house: Work, id: register.PersonId): Promise<string[]> {
  const phones: string[] = []
  for (const personId of [id, ...(await familyOf(house, id))])
    phones.push(...(await accounts.phonesOf(house, personId)))
  return [...new Set(phones)]
}
