import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'

/** From this day on cards print where a birth was registered and where one lives, before it where one is from and permanently lives (LCC Art. 18). */
const newLayoutFrom = '2024-07-01' as Day

const addressIn = async (work: Work, { unitId, address }: register.Residence): Promise<string> => {
  const path = await units.pathOf(work, unitId as Id<'unit'>, work.today)
  const names = path.map(({ name }) => name)
  return [...(address ? [address] : []), ...names.filter(name => !address?.includes(name))].join(', ')
}

/** What a card is to say of a person, as the register has them today. */
export async function contentOf(work: Work, personId: register.PersonId) {
  const person = await register.getPerson(work, personId)
  const home = person.residences.find(({ to, kind }) => !to && (kind === 'permanent' || work.today >= newLayoutFrom))
  const cancelled = person.numbers.find(({ state }) => state === 'cancelled')
  const parents = person.kin.flatMap(({ relation, name }) => ((relation === 'father' || relation === 'mother') && name ? [name] : []))
  return {
    number: person.number ?? '',
    fullName: person.fullName,
    birthDate: person.birthDate,
    sex: person.sex,
    nationality: person.nationality ?? 'Việt Nam',
    ...(person.hometown && { hometown: person.hometown }),
    residence: home ? await addressIn(work, home) : '',
    ...(person.oldNumbers[0] && { oldNumber: person.oldNumbers[0] }),
    ...(cancelled && { cancelledNumber: cancelled.number }),
    ...(parents.length > 0 && { parents }),
  }
}
