import * as cards from '../../cards/cards.ts'
import { numberPrefixes } from '../../names/numbers/number-prefix.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { applicationProblem } from '../problems.ts'

/** Short forms of ranks that people write and the law allows on a card (P., X., TP.). */
const shortRanks = {
  phường: 'p',
  xã: 'x',
  'thị trấn': 'tt',
  'thành phố': 'tp',
  'thị xã': 'tx',
  quận: 'q',
  huyện: 'h',
  tỉnh: 't',
} as const

/** Whether an address names a unit with its rank: 'phường Hà Khánh', 'P. Hà Khánh'. A bare name may be a street's. */
function addressNamesUnit(address: string, { name }: units.Unit): boolean {
  const whole = name.toLowerCase()
  const [rank, short] = Object.entries(shortRanks).find(([long]) => whole.startsWith(`${long} `)) ?? ['', '']
  const bare = whole.slice(rank.length).trim()
  return [`${rank} ${bare}`, `${short} ${bare}`, `${short}.${bare}`, `${short}. ${bare}`].some(text =>
    `, ${address.toLowerCase()},`.replace(/[,;]/g, ' , ').replace(/\s+/g, ' ').includes(` ${text.trim()} `),
  )
}

/** The address in the register, followed by its units that it does not name yet. */
export async function addressOn(
  work: Work,
  { unitId, address = '' }: Pick<register.Residence, 'unitId' | 'address'>,
): Promise<string> {
  const path = await units.unitPath(work, unitId as Id<'unit'>, work.today)
  const rest = units.seatOf(path.filter(unit => !addressNamesUnit(address, unit)))
  const whole = [address, rest].filter(Boolean).join(', ')
  return whole.charAt(0).toUpperCase() + whole.slice(1)
}

/**
 * The place of birth registration by its code: the province, or the country abroad (Circular 59/2021/TT-BCA, annex I).
 */
export const birthPlaceOnCard = ({
  birthRegistrationCode,
}: Pick<register.Person, 'birthRegistrationCode'>): string | undefined =>
  birthRegistrationCode && numberPrefixes.get(birthRegistrationCode)?.name

/**
 * The content of a person's card, as the register has it today. The layout of 2021 shows the permanent residence alone,
 * that of 2024 any residence (LCC Art. 18).
 */
export async function getCardContent(work: Work, personId: register.PersonId): Promise<cards.CardContent> {
  const person = await register.getPerson(work, personId)
  const isPermanentAlone = cards.layoutOn(work.today, work) === '2021'
  const home = person.residences.find(({ to, kind }) => !to && (kind === 'permanent' || !isPermanentAlone))
  const cancelled = person.numbers.find(({ state }) => state === 'cancelled')
  const parents = person.kin.flatMap(({ relation, name }) =>
    (relation === 'father' || relation === 'mother') && name ? [name] : [],
  )
  const birthPlace = birthPlaceOnCard(person)
  return {
    number: person.number ?? '',
    fullName: person.fullName,
    birthDate: person.birthDate,
    sex: person.sex,
    nationality: person.nationality ?? 'Việt Nam',
    ...(person.hometown && { hometown: person.hometown }),
    ...(birthPlace && { birthPlace }),
    residence: home ? await addressOn(work, home) : '',
    ...(person.oldNumbers[0] && { oldNumber: person.oldNumbers[0] }),
    ...(cancelled && { cancelledNumber: cancelled.number }),
    ...(parents.length > 0 && cards.namesParents(person.birthDate, work.today, work) && { parents }),
  }
}

/**
 * The same for a card that is to be made. Throws application-content-missing if the register lacks fields of the layout
 * of the day.
 */
export async function getPrintableContent(work: Work, personId: register.PersonId): Promise<cards.CardContent> {
  const content = await getCardContent(work, personId)
  const fields = cards.missingFields(content, work.today, work)
  if (fields.length > 0) throw applicationProblem('application-content-missing', { fields })
  return content
}
