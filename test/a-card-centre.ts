import * as cards from '../src/cards/cards.ts'
import type { Authority, Work } from '../src/platform/work.ts'
import type { PersonId } from '../src/register/register.ts'
import * as units from '../src/units/units.ts'
import { type ACard, aCard, aSerial, makeCard, orderCard, type Step } from './a-card.ts'
import { anOfficerInPost } from './an-officer.ts'
import { aPerson, commune, enter } from './builders.ts'
import type { TestHouse } from './house.ts'

type Officer = Authority & { unitId: units.UnitId }

/**
 * A card centre with two officers, a ward of Hạ Long and one of Cẩm Phả with an officer each, and a school in each
 * ward.
 */
export async function aCardCentre(house: TestHouse) {
  await house.work(work =>
    units.importSchools(work, [
      {
        line: 2,
        values: { code: '22001', name: 'Trường THPT Hà Khánh', kind: 'upper-secondary', unit: commune.haKhanh },
      },
      {
        line: 3,
        values: { code: '22002', name: 'Trường THPT Quang Hanh', kind: 'upper-secondary', unit: commune.quangHanh },
      },
    ]),
  )
  const [maker, checker, ward, other] = [
    await anOfficerInPost(house, 'card-centre-operator', '22'),
    await anOfficerInPost(house, 'card-centre-operator', '22'),
    await anOfficerInPost(house, 'ward-officer', commune.haKhanh),
    await anOfficerInPost(house, 'ward-officer', commune.quangHanh),
  ]
  const schoolId = (await house.work(work => units.findSchool(work, '22001')))!.id
  const otherSchoolId = (await house.work(work => units.findSchool(work, '22002')))!.id
  const by =
    (standing: Officer) =>
    <T>(verb: (work: Work) => Promise<T>): Promise<T> =>
      house.as(standing, verb)
  const [asMaker, asChecker, asWard, asOther] = [by(maker), by(checker), by(ward), by(other)]
  const a: ACard = { openWork: house.openWork, standing: ward }
  const aPupil = (given: Parameters<typeof aPerson>[0] = {}): Promise<PersonId> => enter(house, aPerson(given))

  /** Someone new whose card is taken as far as a state by the ward; gives both. */
  const aPupilWith = async (state: Step, given: Parameters<typeof aPerson>[0] = {}) => {
    const personId = await aPupil(given)
    const cardId = await aCard(a, personId, state)
    const card = (await house.work(work => cards.cardsOf(work, [personId])))
      .get(personId)!
      .find(({ id }) => id === cardId)!
    return { personId, cardId, card, serial: card.serial ?? '' }
  }
  /** As many numbered blanks as are asked for, in a lot of their own. */
  const blanks = async (count: number): Promise<string[]> => {
    const serials = Array.from({ length: count }, aSerial)
    await asMaker(work =>
      cards.receiveBlanks(work, { code: serials[0]!, firstSerial: serials[0]!, lastSerial: serials.at(-1)! }),
    )
    return serials
  }
  return {
    house,
    maker,
    checker,
    ward,
    other,
    asMaker,
    asChecker,
    asWard,
    asOther,
    schoolId,
    otherSchoolId,
    aPupil,
    aPupilWith,
    blanks,
  }
}

/**
 * Someone who lives in another ward, and whose card, made at the centre, the ward of the house hands over: it sees them
 * for that card alone.
 */
export async function aGuestWith({ house, ward, maker, asMaker, aPupil }: ACardCentre) {
  const personId = await aPupil({ commune: commune.quangHanh })
  const { id: cardId } = await asMaker(async work =>
    orderCard(work, await cards.applyForCard(work, personId, { unitId: ward.unitId }), ward.unitId),
  )
  const { serial = '' } = await makeCard({ openWork: house.openWork, standing: maker }, cardId)
  return { personId, cardId, serial }
}

export type ACardCentre = Awaited<ReturnType<typeof aCardCentre>>
