import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderCard, takeFurther } from '../../../test/a-card.ts'
import { aCardCentre } from '../../../test/a-card-centre.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import { builtInLaw } from '../../platform/law.ts'
import type { PersonId } from '../../register/register.ts'
import * as cards from '../cards.ts'
import { reasonCodesFor } from '../law.ts'

const house = await openHouse({ withUnits: true })
const { ward, asWard, asOther, aPupil, aPupilWith } = await aCardCentre(house)

const statesOf = async (personId: PersonId) =>
  (await house.work(work => cards.cardsOf(work, [personId]))).get(personId)?.map(({ state }) => state)
const lastDeed = async (id: string) => house.work(work => audit.lastDeedOn(work, id))

test('a card is blocked, revoked or withheld only for a reason of the law of the day', async () => {
  const { cardId } = await aPupilWith('handed-over')
  await refusal(
    asWard(work => cards.blockCard(work, cardId, { code: 'wrongly-issued' })),
    'card-reason-unknown',
  )
  const facts = await refusal(
    asWard(work => cards.revokeCard(work, cardId, { code: 'altered' })),
    'card-reason-unknown',
  )
  assert.ok(!(facts['codes'] as string[]).includes('altered'), 'altered cards are revoked since the law of 2024')
  assert.deepEqual(
    ['2024-06-30', '2024-07-01'].map(day => reasonCodesFor('revoke', asDay(day), builtInLaw).includes('altered')),
    [false, true],
  )
  assert.ok(
    !reasonCodesFor('revoke', asDay('2024-07-01'), builtInLaw).includes('lost-in-transit'),
    'what the house finds itself is said by no officer',
  )
  await asWard(work => cards.blockCard(work, cardId, { code: 'lost', note: 'rơi trên xe khách' }))
  await asWard(work => cards.revokeCard(work, cardId, { code: 'never-found', note: 'không tìm thấy' }))
  const { ending } = await asWard(work => cards.cardLife(work, { cardId }))
  assert.deepEqual(ending, { code: 'never-found', note: 'không tìm thấy', day: asDay('2023-04-20'), by: ward.by.id })
  assert.deepEqual((await lastDeed(cardId))?.facts, { from: 'blocked', code: 'never-found' })
})

test('a card that an authority keeps stays its holder’s card, and is given back once', async () => {
  const { cardId, personId } = await aPupilWith('handed-over')
  await refusal(
    asWard(work => cards.withholdCard(work, cardId, { code: 'custody', authority: ' ' })),
    'card-authority-needed',
  )
  await refusal(
    asWard(work => cards.giveCardBack(work, cardId)),
    'card-not-withheld',
  )
  await asWard(work => cards.withholdCard(work, cardId, { code: 'reform-school', authority: 'Trường giáo dưỡng số 2' }))
  assert.deepEqual((await house.work(work => cards.whereaboutsOf(work, [cardId])))[0]?.at, 'withheld')
  assert.deepEqual(await statesOf(personId), ['handed-over'])
  await refusal(
    asWard(work => cards.withholdCard(work, cardId, { code: 'prison', authority: 'Trại giam' })),
    'card-withheld',
  )
  await asWard(work => cards.giveCardBack(work, cardId))
  await asWard(work => cards.withholdCard(work, cardId, { code: 'prison', authority: 'Trại giam' }))
  const { withholdings } = await asWard(work => cards.cardLife(work, { cardId }))
  assert.deepEqual(
    withholdings.map(({ code, to }) => [code, to]),
    [
      ['reform-school', '2023-04-20'],
      ['prison', null],
    ],
  )
  const { cardId: made } = await aPupilWith('produced')
  await refusal(
    asWard(work => cards.withholdCard(work, made, { code: 'prison', authority: 'Trại giam' })),
    'card-not-to-be-withheld',
  )
})

test('when a person dies their cards are revoked and their applications cancelled', async () => {
  audit.setConsequences({
    'person.died': consequences['person.died']!.filter(follow => follow === cards.revokeCardsOfDead),
  })
  const { personId, cardId } = await aPupilWith('handed-over')
  await asWard(work => cards.blockCard(work, cardId, { code: 'lost' }))
  await asWard(work => cards.applyForCard(work, personId, { unitId: ward.unitId }))
  const lone = await aPupil()
  await asWard(work => audit.record(work, 'person.died', { kind: 'person', id: personId, personId }))
  await asWard(work => audit.record(work, 'person.died', { kind: 'person', id: lone, personId: lone }))
  assert.deepEqual((await statesOf(personId))?.sort(), ['cancelled', 'revoked'])
  assert.equal((await asWard(work => cards.cardLife(work, { cardId }))).ending?.code, 'died')
  audit.setConsequences({})
})

test('an officer of another district neither sees nor ends a card', async () => {
  const { cardId, serial } = await aPupilWith('handed-over')
  for (const verb of [
    () => asOther(work => cards.cardLife(work, { cardId })),
    () => asOther(work => cards.cardLife(work, { serial })),
    () => asOther(work => cards.revokeCard(work, cardId, { code: 'damaged' })),
  ])
    await refusal(verb(), 'card-unknown')
  assert.deepEqual(await asOther(work => cards.whereaboutsOf(work, [cardId])), [])
})

test('the unit that ordered a card sees it until it hands it over, wherever the holder lives', async () => {
  const personId = await aPupil({ commune: '06778' })
  const card = await asOther(work => cards.applyForCard(work, personId, { unitId: ward.unitId }))
  await refusal(
    asWard(work => cards.cardLife(work, { cardId: card.id })),
    'card-unknown',
  )
  await asOther(work => orderCard(work, card, ward.unitId))
  assert.equal((await asWard(work => cards.cardLife(work, { cardId: card.id }))).place.at, 'to-be-planned')
  await takeFurther({ openWork: house.openWork, standing: ward }, card.id, 'handed-over')
  assert.deepEqual(await statesOf(personId), ['handed-over'])
  await refusal(
    asWard(work => cards.cardLife(work, { cardId: card.id })),
    'card-unknown',
  )
})
