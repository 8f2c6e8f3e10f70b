import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type APerson, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour, refusal } from '../../../test/planned-ward.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { asDay } from '../../platform/day.ts'
import * as register from '../../register/register.ts'
import * as planning from '../planning.ts'

/** Chosen people on sessions: which are offered, what happens to each, and nothing twice. */

const house = await openHouse({ withUnits: true })
const { as, other, school, hall, team, kit } = await aWard(house)
const aPupil = (given: APerson = {}) => enter(house, aPerson({ bornOn: '2005-03-03', ...given }))
/** Working days after today, each used once. */
const days = ['2023-04-21', '2023-04-24', '2023-04-25', '2023-04-26', '2023-04-27', '2023-05-04'].map(asDay)

const aSession = async (
  kind: planning.SessionKind = 'card-and-account',
  { siteId = hall.id, day = days.shift()! } = {},
) =>
  as(work =>
    planning.planTeamSession(work, {
      kind,
      siteId,
      teamId: team.id,
      day,
      startsAt: hour('08:00'),
      endsAt: hour('08:12'),
      kits: [kit.id],
    }),
  )

const lacking = await Promise.all([1, 2, 3, 4, 5].map(() => aPupil()))
const child = await aPupil({ bornOn: '2012-03-03' })
const stranger = await aPupil({ commune: commune.quangHanh })

test('chosen people get the free places in their order, and the others are told why not', async () => {
  const { id } = await aSession()
  const first = await as(work => planning.placeChosenPeople(work, id, [child, stranger, ...lacking]))
  assert.deepEqual(
    first.results.map(({ result }) => result),
    ['no-need', 'placed', 'placed', 'placed', 'no-place', 'no-place'],
    'three fit into twelve minutes of one machine',
  )
  assert.deepEqual([first.placed, first.unseen], [3, 1])
})

test('a second press puts nobody on twice, and records no second deed', async () => {
  const { id } = await aSession('activation')
  const account = await house.work(work => accounts.request(work, lacking[0]!, { level: 1 }))
  await house.work(work => accounts.approve(work, account.id))
  const press = () => as(work => planning.placeChosenPeople(work, id, lacking))
  const [one, two] = [await press(), await press()]
  assert.deepEqual([one.placed, two.placed], [1, 0])
  assert.deepEqual(two.results[0]?.result, 'already')
  const deeds = await house.work(work => audit.deedsOf(work, id))
  assert.equal(deeds.filter(({ deed }) => deed === 'roster.added').length, 1)
})

test('who waits for another session of the kind, or is away on its day, is not put on one', async () => {
  const { id, day } = await aSession()
  const traveller = await aPupil()
  await as(work =>
    register.declareAbsence(work, traveller, {
      from: day,
      to: day,
      reason: 'work',
      destination: 'Hà Nội',
      declaredBy: 'self',
      way: 'counter',
    }),
  )
  const { results } = await as(work => planning.placeChosenPeople(work, id, [lacking[1]!, traveller]))
  assert.deepEqual(
    results.map(({ result }) => result),
    ['elsewhere', 'away'],
  )
})

test('sessions ahead are offered with free places, near and in time before late ones', async () => {
  await house.work(work =>
    campaign.create(work, {
      name: 'kip-han',
      title: 'Kịp hạn',
      metrics: ['card-handed-over'],
      startsOn: '2023-03-01',
      deadlines: [{ name: 'Thẻ', on: '2023-06-30', proof: 'card-in-hand' }],
      cohort: { bornIn: [2005] },
    }),
  )
  const newcomers = await Promise.all([1, 2].map(() => aPupil()))
  const late = await aSession('card-and-account', { day: asDay('2023-07-05') })
  const inTime = await aSession('card-and-account', { siteId: school.id })
  const offers = await as(work => planning.offerSessions(work, newcomers))
  const find = (id: string) => offers.findIndex(offer => offer.id === id)
  const offer = offers[find(inTime.id)]
  assert.deepEqual([offer?.free, offer?.placed, offer?.near], [3, 2, 2])
  assert.ok(find(inTime.id) < find(late.id), 'what is late stands below')
  assert.ok((offers[find(late.id)]?.lastSafeOn ?? '') < '2023-07-05')
})

test('an officer of another ward neither sees the sessions nor puts anybody on them', async () => {
  const { id } = await aSession()
  assert.deepEqual(await house.as(other, work => planning.offerSessions(work, lacking)), [])
  await refusal(
    house.as(other, work => planning.placeChosenPeople(work, id, lacking)),
    'session-gone',
  )
})
