import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { aCardCentre, aGuestWith } from '../../../test/a-card-centre.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { asDay } from '../../platform/day.ts'
import { asId, type Id } from '../../platform/ids.ts'
import { asSystem } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as cards from '../cards.ts'

/**
 * Cards that end before their holders have them: each is seen by whoever has it until it is destroyed, and by nobody
 * longer than that.
 */

const house = await openHouse({ withUnits: true })
const centre = await aCardCentre(house)
const { ward, checker, asMaker, asWard, aPupilWith, schoolId } = centre
const maintenance = { ...asSystem('import'), role: 'maintenance' as const }

type Made = { readonly personId: Id<'person'>; readonly cardId: Id<'card'>; readonly serial: string }
const told = async (card: Made, state: string) => {
  const number = (await house.work(work => register.getSummary(work, card.personId))).number
  const file = `person_number,serial,issued_on,expires_on,state\n${number},${card.serial},2023-04-20,,${state}`
  return cards.importCards(house.openWork, maintenance, Readable.from([file]), { asOf: asDay('2023-04-20') })
}
const ended = async () => (await asWard(work => cards.listStage(work, { stage: 'ended' }))).rows
const countOfEnded = async () =>
  (await asWard(cards.countPipeline)).stages.find(({ stage }) => stage === 'ended')?.cards
const whereIs = async ({ cardId }: Made) => (await house.work(work => cards.whereaboutsOf(work, [cardId])))[0]
const caseOf = async ({ cardId }: Made) => (await house.work(work => register.accessOpeningsOf(work, cardId))).length

async function sent(those: readonly Made[]) {
  const box = await asMaker(work => cards.openBox(work, { to: { kind: 'unit', id: ward.unitId } }))
  for (const { cardId } of those) await asMaker(work => cards.putInBox(work, box.id, { cardId }))
  await asMaker(work => cards.sealBox(work, box.id, { seal: 'NP-1' }))
  return asMaker(work => cards.sendBox(work, box.id))
}

test('a card that an extract ends stays with its maker, box or unit until it is taken in and destroyed', async () => {
  const [made, boxed, here] = [await aPupilWith('produced'), await aPupilWith('produced'), await aPupilWith('at-unit')]
  const box = await sent([boxed])
  for (const card of [made, boxed, here]) assert.equal((await told(card, 'expired')).changed, 1)
  const those = [made, boxed, here].map(({ cardId }) => cardId).sort()
  assert.deepEqual([(await ended()).map(({ cardId }) => cardId).sort(), await countOfEnded()], [those, 3])
  for (const card of [made, boxed, here])
    assert.deepEqual([(await whereIs(card))?.at, (await whereIs(card))?.placeId], ['to-be-destroyed', ward.unitId])
  assert.equal((await ended()).find(({ cardId }) => cardId === boxed.cardId)?.boxCode, box.code)

  await asWard(work => cards.receiveBox(work, box.id, { seal: 'intact' }))
  const counted = await asWard(work => cards.countBox(work, box.id, { serials: [boxed.serial] }))
  assert.deepEqual([counted.present, counted.missing, counted.ended], [1, [], [boxed.cardId]])
  assert.deepEqual([counted.box.cards, counted.box.present, counted.box.missing], [1, 1, 0])
  for (const { serial } of [boxed, here]) await asWard(work => cards.takeInFoundCard(work, { serial }))
  assert.deepEqual([(await ended()).map(({ cardId }) => cardId), await countOfEnded()], [[made.cardId], 1])
  assert.equal((await whereIs(here))?.at, 'ended')
  await refusal(
    asWard(work => cards.handOver(work, { serial: here.serial, personId: here.personId, to: { kind: 'holder' } })),
    'card-not-here',
  )
  await house.owner(`update cards.taken_in set taken_on = '2023-03-01'`)
  assert.deepEqual(await asWard(work => cards.destroyOld(work, { secondChecker: asId<'officer'>(checker.by.id) })), {
    cards: 2,
  })
  assert.equal(
    (await asWard(work => cards.applyForCard(work, here.personId, { unitId: ward.unitId }))).state,
    'applied',
  )
})

test('an ended card that was declared lost is listed no more, and is taken in if it turns up', async () => {
  const card = await aPupilWith('at-unit')
  await refusal(
    asWard(work => cards.declareLost(work, card.cardId)),
    'card-not-missing',
  )
  await told(card, 'revoked')
  assert.ok((await ended()).some(({ cardId }) => cardId === card.cardId))
  await asWard(work => cards.declareLost(work, card.cardId, { note: 'không còn trong tủ' }))
  assert.ok(!(await ended()).some(({ cardId }) => cardId === card.cardId))
  await asWard(work => cards.takeInFoundCard(work, { cardId: card.cardId }))
  assert.equal((await asWard(work => cards.cardLife(work, { cardId: card.cardId }))).takenIn.length, 1)
})

test('ended cards that the holder had, or that never were here, are not listed as lying here', async () => {
  const before = await countOfEnded()
  const card = await aPupilWith('handed-over')
  await told(card, 'expired')
  const other = await aPupilWith('handed-over')
  await told({ ...other, serial: 'E-9' }, 'expired')
  await asWard(work => cards.revokeCard(work, other.cardId, { code: 'damaged' }))
  assert.deepEqual([await countOfEnded(), (await whereIs(card))?.at], [before, 'with-holder'])
  await refusal(
    asWard(work => cards.takeInFoundCard(work, { serial: card.serial })),
    'card-not-to-be-sent',
  )
})

test('an extract closes a unit’s access to a holder once no box, list or cupboard has the card', async () => {
  const [given, over, boxed, listed] = [
    await aGuestWith(centre),
    await aGuestWith(centre),
    await aGuestWith(centre),
    await aGuestWith(centre),
  ]
  for (const { cardId } of [over, listed]) await asWard(work => cards.takeInFoundCard(work, { cardId }))
  const box = await sent([boxed])
  const list = await asWard(work =>
    cards.giveOutList(work, { schoolId, teacherName: 'Cô Hoa', cards: [{ cardId: listed.cardId }] }),
  )
  for (const [card, state] of [
    [given, 'blocked'],
    [over, 'expired'],
    [boxed, 'handed-over'],
    [listed, 'handed-over'],
  ] as const)
    await told(card, state)
  assert.deepEqual(await Promise.all([given, over, boxed, listed].map(caseOf)), [0, 1, 1, 1])
  await refusal(
    asWard(work => cards.cardLife(work, { cardId: given.cardId })),
    'card-unknown',
  )
  assert.equal((await asWard(work => cards.cardLife(work, { cardId: over.cardId }))).place.at, 'to-be-destroyed')
  await asWard(work => cards.takeInFoundCard(work, { cardId: over.cardId }))
  await asWard(work => cards.receiveBox(work, box.id, { seal: 'intact' }))
  await asWard(work => cards.countBox(work, box.id, { serials: [boxed.serial] }))
  await asWard(work =>
    cards.returnList(work, list.id, {
      sheet: Buffer.from('signed'),
      lines: [{ cardId: listed.cardId, outcome: 'came-back' }],
    }),
  )
  assert.deepEqual(await Promise.all([given, over, boxed, listed].map(caseOf)), [0, 0, 0, 0])
  await house.owner(`update cards.taken_in set taken_on = '2023-03-01' where destruction_id is null`)
  await asWard(work => cards.destroyOld(work, { secondChecker: asId<'officer'>(checker.by.id) }))
  const left = await house.owner('select from cards.taken_in where card_id = $1 and destruction_id is null', [
    over.cardId,
  ])
  assert.equal(left.length, 0, 'the ward destroys what lies with it, though it does not see whose it was')
})

test('a history closes such an access too', async () => {
  const guest = await aGuestWith(centre)
  const number = (await house.work(work => register.getSummary(work, guest.personId))).number
  const file =
    `person_number,card,state,day,serial,issued_on,expires_on\n${number},${guest.cardId},handed-over,2023-04-20,` +
    `${guest.serial},,`
  await cards.importHistory(house.openWork, maintenance, Readable.from([file]))
  assert.equal(await caseOf(guest), 0)
})
