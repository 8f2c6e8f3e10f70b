import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anImportedCard } from '../../../test/a-card.ts'
import { type AnAccount, anActivatedAccount } from '../../../test/an-account.ts'
import { aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour, refusal } from '../../../test/planned-ward.ts'
import * as accounts from '../../accounts/accounts.ts'
import { asDay } from '../../platform/day.ts'
import * as planning from '../planning.ts'

/** Since July 2024 a child has an account, which a parent or guardian asks for (NĐ69/2024 Art. 7, 10). */
const today = asDay('2024-09-10')
const house = await openHouse({ day: today, withUnits: true })
const { as, school, team, kit } = await aWard(house)

const mother = await anActivatedAccount(house, {
  name: 'Lê Thị Bình',
  sex: 'F',
  bornOn: '1986-05-12',
  commune: commune.quangHanh,
})
const neighbour = await anActivatedAccount(house, { sex: 'F', bornOn: '1986-05-12' })
for (const { accountId } of [mother, neighbour])
  await house.owner('update accounts.account set level = 2 where id = $1', [accountId])
const aChild = () => aPerson({ bornOn: '2016-02-03', mother_number: mother.number, mother_name: 'Lê Thị Bình' })
const [onList, walkIn] = [aChild(), aChild()]
const [childId, walkInId] = [await enter(house, onList), await enter(house, walkIn)]

const { id } = await as(work =>
  planning.planTeamSession(work, {
    kind: 'card-and-account',
    siteId: school.id,
    teamId: team.id,
    day: today,
    startsAt: hour('13:30'),
    endsAt: hour('15:00'),
    kits: [kit.id],
  }),
)
await as(work => planning.addToRoster(work, id, { persons: [childId] }, { confirm: ['capacity'] }))
await as(work => planning.openTeamSession(work, id))

const requestOf = async (personId: string) =>
  (
    await house.owner<Record<string, unknown>>(
      'select state, level, phone, representative_id from accounts.account where person_id = $1',
      [personId],
    )
  )[0]
const requestBy = ({ personId, phone }: AnAccount) => ({
  state: 'requested',
  level: 2,
  phone: `+84${phone.slice(1)}`,
  representative_id: personId,
})

test('a child is served with a representative from the register’s kin, and not at all without one', async () => {
  const serve = (given: planning.ServiceInput) => as(work => planning.servePersonAt(work, id, childId, given))
  await refusal(serve({ phone: '0912345678' }), 'account-representative-needed')
  await refusal(serve({ representativeId: neighbour.personId }), 'account-representative-not-kin')
  assert.equal(await requestOf(childId), undefined)
  assert.deepEqual((await serve({ phone: '0912345678', representativeId: mother.personId })).done, ['card', 'account'])
  assert.deepEqual(await requestOf(childId), requestBy(mother), 'on her phone, whatever was typed')
})

test('a child who came without being asked is served with the number of the parent who came along', async () => {
  const add = (representativeNumber: string) =>
    as(work => planning.addWalkIn(work, id, { number: walkIn.person_number, representativeNumber }))
  await refusal(add(neighbour.number), 'account-representative-not-kin')
  assert.deepEqual((await add(mother.number)).done, ['card', 'account'])
  assert.deepEqual(await requestOf(walkInId), requestBy(mother))
})

test('where a child has an account already, nobody is asked who represents them', async () => {
  const served = aChild()
  const personId = await enter(house, served)
  await anImportedCard(house, personId)
  await house.work(work => accounts.request(work, personId, { level: 1, representativeId: mother.personId }))
  await house.owner('delete from cards.card where person_id = $1', [personId])
  assert.deepEqual((await as(work => planning.addWalkIn(work, id, { number: served.person_number }))).done, ['card'])
})
