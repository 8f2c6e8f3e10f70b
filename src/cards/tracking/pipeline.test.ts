import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderCard } from '../../../test/a-card.ts'
import { aCardCentre } from '../../../test/a-card-centre.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { asDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import * as cards from '../cards.ts'
import type { StageOrGroup } from './stage.ts'

const house = await openHouse({ withUnits: true })
const centre = await aCardCentre(house)
const { ward, asMaker, asChecker, asWard, asOther, aPupil, aPupilWith, blanks, schoolId } = centre

const countOf = async (stage: StageOrGroup) => {
  const { stages } = await asWard(cards.countPipeline)
  return stages.find(one => one.stage === stage)?.cards
}
const listOf = async (stage: StageOrGroup, more: Partial<Parameters<typeof cards.listStage>[1]> = {}) =>
  (await asWard(work => cards.listStage(work, { stage, ...more }))).rows.map(({ cardId }) => cardId)

async function ordered(dueOn: string) {
  const personId = await aPupil()
  const card = await asWard(work => cards.applyForCard(work, personId, { unitId: ward.unitId }))
  await asWard(work => orderCard(work, card, ward.unitId, { dueOn: asDay(dueOn), schoolId }))
  return card.id
}

test('each stage counts the cards that its list holds, from the order to the hand-over', async () => {
  const cardId = await ordered('2023-05-02')
  assert.deepEqual([await countOf('to-plan'), await listOf('to-plan')], [1, [cardId]])
  const batch = await asMaker(work => cards.planBatch(work, { maker: 'house', most: 1 }))
  const [waiting] = (await asMaker(work => cards.listStage(work, { stage: 'in-batch' }))).rows
  assert.deepEqual([await countOf('to-plan'), waiting?.batchId, waiting?.batchCode], [0, batch.id, batch.code])
  const [serial] = await blanks(1)
  const attempt = await asMaker(work => cards.makeCard(work, { cardId, serial: serial! }))
  assert.equal((await asMaker(cards.countPipeline)).batches.toCheck, 0)
  assert.equal((await asChecker(cards.countPipeline)).batches.toCheck, 1)
  const toCheck = async (as: typeof asMaker) =>
    (await as(work => cards.listBatches(work, { which: 'to-check' }))).rows.map(({ id }) => id)
  assert.deepEqual([await toCheck(asMaker), await toCheck(asChecker)], [[], [batch.id]])
  await asChecker(work => cards.checkCard(work, attempt.id, { quality: 'passed' }))
  assert.deepEqual([await countOf('made'), await listOf('made')], [1, [cardId]])

  const box = await asMaker(work => cards.openBox(work, { to: { kind: 'unit', id: ward.unitId } }))
  await asMaker(work => cards.putInBox(work, box.id, { cardId }))
  assert.deepEqual(
    [await countOf('in-box'), await listOf('in-box'), await listOf('in-box', { placeId: ward.unitId })],
    [1, [cardId], []],
  )
  await asMaker(work => cards.sealBox(work, box.id, { seal: 'NP-1' }))
  await asMaker(work => cards.sendBox(work, box.id))
  assert.deepEqual(await listOf('in-box', { placeId: ward.unitId }), [cardId])
  assert.deepEqual((await asWard(cards.countPipeline)).boxes, {
    toReceive: 1,
    toCount: 0,
    withMissing: 0,
    withUnexpected: 0,
  })
  assert.equal((await asMaker(cards.countPipeline)).boxes.toReceive, 0)
  await asWard(work => cards.receiveBox(work, box.id, { seal: 'intact' }))
  assert.deepEqual((await asWard(cards.countPipeline)).boxes, {
    toReceive: 0,
    toCount: 1,
    withMissing: 0,
    withUnexpected: 0,
  })
  await asWard(work => cards.countBox(work, box.id, { serials: [] }))
  assert.deepEqual((await asWard(cards.countPipeline)).boxes, {
    toReceive: 0,
    toCount: 0,
    withMissing: 1,
    withUnexpected: 0,
  })
  assert.deepEqual([await countOf('missing'), await listOf('missing')], [1, [cardId]])
  await asWard(work => cards.takeInFoundCard(work, { cardId }))
  assert.deepEqual([await countOf('at-unit'), await listOf('at-unit')], [1, [cardId]])

  const list = await asWard(work => cards.giveOutList(work, { schoolId, teacherName: 'Cô Hoa', cards: [{ cardId }] }))
  assert.deepEqual(
    [await countOf('at-unit'), await listOf('on-list'), await listOf('uncollected')],
    [0, [cardId], [cardId]],
  )
  const lines = [{ cardId, outcome: 'handed-over' as const }]
  await asWard(work => cards.returnList(work, list.id, { sheet: Buffer.from('ink'), lines }))
  assert.deepEqual(
    [await countOf('handed-over'), await listOf('handed-over'), await listOf('uncollected')],
    [1, [cardId], []],
  )
  assert.deepEqual(
    (await asOther(cards.countPipeline)).stages.filter(one => one.cards > 0),
    [],
  )
})

test('a card that an authority keeps is in no other stage', async () => {
  const { cardId } = await aPupilWith('at-unit')
  const before = await countOf('at-unit')
  await asWard(work => cards.withholdCard(work, cardId, { code: 'custody', authority: 'Trại tạm giam' }))
  assert.deepEqual(
    [await countOf('at-unit'), await countOf('withheld'), await listOf('withheld')],
    [before! - 1, 1, [cardId]],
  )
  await asWard(work => cards.giveCardBack(work, cardId))
  assert.equal(await countOf('at-unit'), before)
})

test('overdue cards are counted by the unit or maker that has them, and its list holds as many', async () => {
  const cardId = await ordered('2023-04-19')
  await ordered('2023-04-20')
  const { late } = await asWard(cards.countPipeline)
  assert.deepEqual(late, [{ stage: 'to-plan', unitId: ward.unitId, maker: null, cards: 1, dueOn: '2023-04-19' }])
  assert.deepEqual(await listOf('to-plan', { late: true, placeId: ward.unitId }), [cardId])
  assert.deepEqual([await listOf('coming', { late: true }), (await listOf('unmade')).length], [[cardId], 2])
  const preview = await asMaker(work =>
    cards.previewBatch(work, { unitIds: [ward.unitId], dueBefore: asDay('2023-04-21') }),
  )
  assert.deepEqual(preview, { cards: 2, late: 1, firstDueOn: '2023-04-19', lastDueOn: '2023-04-20' })
  const batch = await asMaker(work =>
    cards.planBatch(work, { maker: 'house', most: 5, dueBefore: asDay('2023-04-21') }),
  )
  assert.equal((await asMaker(work => cards.previewBatch(work, { dueBefore: asDay('2023-04-21') }))).cards, 0)
  assert.deepEqual(
    (await asMaker(work => cards.listBatches(work, { which: 'late' }))).rows.map(({ id }) => id),
    [batch.id],
  )
  const { batches, late: then } = await asMaker(cards.countPipeline)
  assert.deepEqual(
    [batches.late, then.map(({ stage, unitId, maker }) => [stage, unitId, maker])],
    [1, [['in-batch', centre.maker.unitId, 'house']]],
  )
})

test('a card that an extract reports at its unit lies with the unit that waits for it, and in its lists', async () => {
  const { cardId } = await aPupilWith('produced')
  await house.owner(`update cards.card set state = 'at-unit', state_on = '2023-04-01' where id = $1`, [cardId])
  assert.ok((await listOf('at-unit', { placeId: ward.unitId })).includes(cardId))
  const lying = await asWard(work => cards.listUndelivered(work, { olderThanDays: 7, placeId: ward.unitId }))
  assert.deepEqual(
    lying.rows.map(({ cardId: id, placeId }) => [id, placeId]),
    [[cardId, ward.unitId]],
  )
})

test('cards that others make are counted apart from what a batch here can take, also after an order here', async () => {
  const cardId = await ordered('2023-05-03')
  await house.owner(`update cards.card set origin = 'imported' where id = $1`, [cardId])
  assert.deepEqual(
    [(await listOf('to-plan')).includes(cardId), (await listOf('elsewhere')).includes(cardId)],
    [false, true],
  )
  await asWard(work => cards.cancelCard(work, cardId, { code: 'withdrawn' }))
})

test('a page of a list goes on where the one before ended, also when its last card has moved on', async () => {
  const those: Id<'card'>[] = []
  for (const day of ['2023-06-01', '2023-06-01', '2023-06-02']) those.push(await ordered(day))
  const first = await asWard(work => cards.listStage(work, { stage: 'to-plan', limit: 1 }))
  assert.deepEqual(
    first.rows.map(({ cardId }) => cardId),
    those.slice(0, 1),
  )
  await asWard(work => cards.cancelCard(work, those[0]!, { code: 'withdrawn' }))
  const rest = await asWard(work => cards.listStage(work, { stage: 'to-plan', after: first.next }))
  assert.deepEqual(
    rest.rows.map(({ cardId }) => cardId),
    those.slice(1),
  )
  assert.equal(rest.next, undefined)
  await refusal(
    asWard(work => cards.listStage(work, { stage: 'to-plan', after: 'here' })),
    'card-page-malformed',
  )
})

test('incoming and outgoing boxes are counted apart', async () => {
  const { serial } = await aPupilWith('produced')
  const box = await asMaker(work => cards.openBox(work, { to: { kind: 'unit', id: ward.unitId } }))
  await asMaker(work => cards.putInBox(work, box.id, { serial }))
  const idsOf = async (as: typeof asWard, asked: Parameters<typeof cards.listBoxes>[1]) =>
    (await as(work => cards.listBoxes(work, asked))).rows.map(({ id }) => id)
  assert.ok((await idsOf(asWard, { direction: 'in' })).includes(box.id))
  assert.deepEqual(await idsOf(asWard, { direction: 'out' }), [])
  assert.ok((await idsOf(asMaker, { direction: 'out' })).includes(box.id))
  assert.deepEqual(await idsOf(asMaker, { direction: 'in' }), [])
  assert.deepEqual(await idsOf(asMaker, { direction: 'out', state: 'open' }), [box.id])
})

test('an officer finds the waiting card of a person at the counter by their number', async () => {
  const personId = await aPupil()
  const card = await asWard(work => cards.applyForCard(work, personId, { unitId: ward.unitId }))
  const [{ number } = { number: '' }] = await house.owner<{ number: string }>(
    'select number from register.number where person_id = $1',
    [personId],
  )
  await refusal(
    asWard(work => cards.getWaitingCard(work, number)),
    'card-unknown',
  )
  await refusal(
    asWard(work => cards.getWaitingCard(work, '001205000001')),
    'holder-unknown',
  )
  const { cardId } = await aPupilWith('at-unit')
  assert.ok(cardId !== card.id)
})

test('the second checkers of a stock count are the other officers of the unit who keep blanks', async () => {
  assert.deepEqual(await asMaker(cards.listSecondCheckers), [{ id: centre.checker.by.id, name: centre.checker.name }])
  await house.owner('update staff.appointment set to_on = $2 where officer_id = $1', [
    centre.checker.by.id,
    '2023-01-01',
  ])
  assert.deepEqual(await asMaker(cards.listSecondCheckers), [])
})
