import * as accounts from '../../accounts/accounts.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'

const ownPhone = async (work: Work, id: register.PersonId): Promise<string | undefined> =>
  (await accounts.findPhone(work, id)) ?? (await register.phonesOf(work, id))[0]

/**
 * The phone by which a person's family is reached: their own account's, else one of theirs in the register; of a pupil
 * without one, that of the mother, the father or a guardian. The number goes into a message and is shown to nobody, so
 * that it is looked up beyond the scope of whoever sends.
 */
export async function findFamilyPhone(work: Work, id: register.PersonId): Promise<string | undefined> {
  const own = await ownPhone(work, id)
  if (own) return own
  return withHouseScope(work, async house => {
    const kin = await register.kinOf(house, id)
    for (const relation of ['mother', 'father', 'guardian'])
      for (const { personId } of kin.filter(one => one.relation === relation)) {
        const phone = personId && (await ownPhone(house, personId))
        if (phone) return phone
      }
    return undefined
  })
}
