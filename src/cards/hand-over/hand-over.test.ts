import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderCard, takeFurther } from '../../../test/a-card.ts'
import { aCardCentre, aGuestWith } from '../../../test/a-card-centre.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { asId, newId } from '../../platform/ids.ts'
import * as register from '../../register/register.ts'
import * as cards from '../cards.ts'

const house = await openHouse({ withUnits: true })
const centre = await aCardCentre(house)
const { ward, checker, asWard, asOther, aPupilWith, schoolId } = centre

type Made = Awaited<ReturnType<typeof aPupilWith>>
const toHolder = { kind: 'holder' as const }
const stateOf = async ({ personId, cardId }: Made) =>
  (await house.work(work => cards.cardsOf(work, [personId]))).get(personId)?.find(({ id }) => id === cardId)?.state
const whereIs = async ({ cardId }: Made) => (await house.work(work => cards.whereaboutsOf(work, [cardId])))[0]?.at
const numberOf = async ({ personId }: Made) =>
  (await house.work(work => register.getSummary(work, personId))).number ?? ''
const sheet = Buffer.from('signed')

test('a card is handed to its holder when both were scanned, and to nobody else', async () => {
  const [an, binh] = [await aPupilWith('at-unit'), await aPupilWith('at-unit')]
  await refusal(
    asWard(work => cards.handOver(work, { serial: an.serial, personId: binh.personId, to: toHolder })),
    'card-of-another-person',
  )
  const hisNumber = await numberOf(binh)
  await refusal(
    asWard(work => cards.handOver(work, { serial: an.serial, number: hisNumber, to: toHolder })),
    'card-of-another-person',
  )
  await refusal(
    asWard(work => cards.handOver(work, { serial: an.serial, number: '022205999999', to: toHolder })),
    'holder-unknown',
  )
  assert.equal(await stateOf(an), 'at-unit')
  const number = await numberOf(an)
  await asWard(work => cards.handOver(work, { serial: an.serial, number, to: toHolder, signature: Buffer.from('ink') }))
  assert.deepEqual([await stateOf(an), await whereIs(an)], ['handed-over', 'with-holder'])
  const { handOver } = await asWard(work => cards.cardLife(work, { serial: an.serial }))
  assert.deepEqual(
    [handOver?.toKind, handOver?.signed, handOver?.day, handOver?.by],
    ['holder', true, '2023-04-20', ward.by.id],
  )
  await refusal(
    asWard(work => cards.handOver(work, { serial: an.serial, personId: an.personId, to: toHolder })),
    'card-handed-over',
  )
})

test('of two officers who hand one card over at once one succeeds, and the other reads the day', async () => {
  const one = await aPupilWith('at-unit')
  const hand = () => asWard(work => cards.handOver(work, { serial: one.serial, personId: one.personId, to: toHolder }))
  const both = await Promise.allSettled([hand(), hand()])
  const refused = both.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason] : []))
  assert.deepEqual(
    refused.map(({ code, facts }) => [code, facts]),
    [['card-handed-over', { on: '2023-04-20' }]],
  )

  // Books that were wrong already: the state says that it lies here, the signature that it does not.
  await house.owner(`update cards.card set state = 'at-unit' where id = $1`, [one.cardId])
  await refusal(hand(), 'card-handed-over')
  await refusal(
    asWard(work => cards.giveOutList(work, { schoolId, teacherName: 'Cô Hoa', cards: [{ cardId: one.cardId }] })),
    'card-handed-over',
  )
})

test('a card that is still on its way, withheld, or in a box is not handed over', async () => {
  const hand = ({ serial, personId }: Made) => asWard(work => cards.handOver(work, { serial, personId, to: toHolder }))
  await refusal(hand(await aPupilWith('produced')), 'card-not-here')
  const withheld = await aPupilWith('at-unit')
  await asWard(work => cards.withholdCard(work, withheld.cardId, { code: 'custody', authority: 'Trại tạm giam' }))
  await refusal(hand(withheld), 'card-withheld')
  await asWard(work => cards.giveCardBack(work, withheld.cardId))
  assert.equal((await hand(withheld)).state, 'handed-over')
  const elsewhere = await aPupilWith('at-unit')
  await house.work(work => cards.takeInFoundCard(work, { cardId: elsewhere.cardId }, { unitId: checker.unitId }))
  await refusal(hand(elsewhere), 'card-lies-elsewhere')
  const boxed = await aPupilWith('at-unit')
  const box = await asWard(work => cards.openBox(work, { to: { kind: 'school', id: schoolId } }))
  await asWard(work => cards.putInBox(work, box.id, { serial: boxed.serial }))
  await refusal(hand(boxed), 'card-in-a-box')
  const revoked = await aPupilWith('at-unit')
  await asWard(work => cards.revokeCard(work, revoked.cardId, { code: 'misprinted' }))
  await refusal(hand(revoked), 'card-not-here')
  const theirs = await aPupilWith('at-unit')
  await refusal(
    asOther(work => cards.handOver(work, { serial: theirs.serial, personId: theirs.personId, to: toHolder })),
    'card-unknown',
  )
})

test('a representative takes a card against a paper that shows who they are to the holder', async () => {
  const child = await aPupilWith('at-unit')
  const to = { kind: 'representative' as const, name: 'Nguyễn Thị Bình', relation: 'mẹ', evidence: ' ' }
  await refusal(
    asWard(work => cards.handOver(work, { serial: child.serial, personId: child.personId, to })),
    'representative-needed',
  )
  await asWard(work =>
    cards.handOver(work, { serial: child.serial, personId: child.personId, to: { ...to, evidence: 'giấy khai sinh' } }),
  )
  const { handOver } = await asWard(work => cards.cardLife(work, { cardId: child.cardId }))
  assert.deepEqual(
    [handOver?.toKind, handOver?.relation, handOver?.evidence],
    ['representative', 'mẹ', 'giấy khai sinh'],
  )
})

test('a card on a teacher’s list is handed over when its pupil signed, and comes back otherwise', async () => {
  const [here, ill] = [await aPupilWith('at-unit'), await aPupilWith('at-unit')]
  const given = { schoolId, teacherName: 'Cô Hoa', cards: [{ serial: here.serial }, { cardId: ill.cardId }] }
  await refusal(
    asWard(work => cards.giveOutList(work, { ...given, cards: [] })),
    'list-empty',
  )
  await refusal(
    asWard(work => cards.giveOutList(work, { ...given, teacherName: ' ' })),
    'teacher-needed',
  )
  const list = await asWard(work => cards.giveOutList(work, given))
  assert.deepEqual([await whereIs(here), await stateOf(here)], ['on-list', 'at-unit'])
  await refusal(
    asWard(work => cards.giveOutList(work, given)),
    'card-on-a-list',
  )
  await refusal(
    asWard(work => cards.handOver(work, { serial: here.serial, personId: here.personId, to: toHolder })),
    'card-on-a-list',
  )
  const signed = { cardId: here.cardId, outcome: 'handed-over' as const }
  const back = { cardId: ill.cardId, outcome: 'came-back' as const }
  await refusal(
    asWard(work => cards.returnList(work, list.id, { sheet, lines: [signed] })),
    'list-line-open',
  )
  await refusal(
    asWard(work => cards.returnList(work, list.id, { sheet: Buffer.alloc(0), lines: [signed, back] })),
    'list-not-signed',
  )
  await refusal(
    asWard(work =>
      cards.returnList(work, list.id, { sheet, lines: [signed, back, { ...back, cardId: newId<'card'>() }] }),
    ),
    'card-not-on-list',
  )
  const returned = await asWard(work => cards.returnList(work, list.id, { sheet, lines: [signed, back] }))
  assert.deepEqual([returned.state, returned.handedOver, returned.cameBack], ['returned', 1, 1])
  assert.deepEqual([await stateOf(here), await stateOf(ill), await whereIs(ill)], ['handed-over', 'at-unit', 'at-unit'])
  await refusal(
    asWard(work => cards.returnList(work, list.id, { sheet, lines: [] })),
    'list-returned',
  )
  await asWard(work => cards.handOver(work, { serial: ill.serial, personId: ill.personId, to: toHolder }))
})

test('a list counts cards whose holders the ward no longer sees, and takes back one that was revoked', async () => {
  const [guest, ended, ours] = [await aGuestWith(centre), await aGuestWith(centre), await aPupilWith('at-unit')]
  for (const { cardId } of [guest, ended]) await asWard(work => cards.takeInFoundCard(work, { cardId }))
  const refs = [guest, ended, ours].map(({ cardId }) => ({ cardId }))
  const list = await asWard(work => cards.giveOutList(work, { schoolId, teacherName: 'Cô Hoa', cards: refs }))
  await house.work(work => cards.revokeCard(work, ended.cardId, { code: 'nationality-lost' }))
  const signed = [guest, ours].map(({ cardId }) => ({ cardId, outcome: 'handed-over' as const }))
  await asWard(work =>
    cards.returnList(work, list.id, { sheet, lines: [...signed, { cardId: ended.cardId, outcome: 'came-back' }] }),
  )
  const { list: after, lines } = await asWard(work => cards.showHandOverList(work, list.id))
  assert.deepEqual(
    lines.map(({ cardId }) => cardId).sort(),
    [ended.cardId, ours.cardId].sort(),
    'whoever has to destroy a card still sees it',
  )
  await asWard(work => cards.takeInFoundCard(work, { cardId: ended.cardId }))
  assert.deepEqual(
    (await asWard(work => cards.showHandOverList(work, list.id))).lines.map(({ cardId }) => cardId),
    [ours.cardId],
  )
  assert.deepEqual([after.cards, after.handedOver, after.cameBack], [3, 2, 1])
})

test('a single card of a list can be given against its pupil’s signature, card by card', async () => {
  const [one, two] = [await aPupilWith('at-unit'), await aPupilWith('at-unit')]
  const list = await asWard(work =>
    cards.giveOutList(work, {
      schoolId,
      teacherName: 'Cô Hoa',
      cards: [{ serial: one.serial }, { serial: two.serial }],
    }),
  )
  const to = { kind: 'teacher' as const, listId: list.id }
  await refusal(
    asWard(work => cards.handOver(work, { serial: one.serial, personId: one.personId, to })),
    'list-not-signed',
  )
  await asWard(work =>
    cards.handOver(work, { serial: one.serial, personId: one.personId, to, signature: Buffer.from('ink') }),
  )
  assert.equal(await stateOf(one), 'handed-over')
  const after = await asWard(work =>
    cards.returnList(work, list.id, { sheet, lines: [{ cardId: two.cardId, outcome: 'came-back' }] }),
  )
  assert.deepEqual([after.handedOver, after.cameBack], [1, 1])
})

test('an old card is taken in when the new one is handed over, and two officers destroy it after a month', async () => {
  const old = await aPupilWith('handed-over', { bornOn: '1983-01-10' })
  await house.owner(`update cards.card set issued_on = '2016-04-20', expires_on = '2023-04-20' where id = $1`, [
    old.cardId,
  ])
  await asWard(work => cards.takeInOld(work, { personId: old.personId, kind: 'cmnd9', number: '100000007' }))
  await refusal(
    asWard(work => cards.takeInOld(work, { personId: old.personId, kind: 'cmnd9', number: '10000000' })),
    'old-card-malformed',
  )
  const successor = await asWard(work => cards.applyForCard(work, old.personId, { unitId: ward.unitId }))
  await asWard(work => orderCard(work, successor, ward.unitId))
  await takeFurther({ openWork: house.openWork, standing: ward }, successor.id, 'handed-over')
  const { ending, takenIn } = await asWard(work => cards.cardLife(work, { cardId: old.cardId }))
  assert.equal(ending?.code, 'replaced')
  assert.deepEqual(
    takenIn.map(({ kind, destroyed }) => [kind, destroyed]),
    [
      ['cmnd9', false],
      ['cccd', false],
    ],
  )

  const secondChecker = asId<'officer'>(checker.by.id)
  await refusal(
    asWard(work => cards.destroyOld(work, { secondChecker: asId<'officer'>(ward.by.id) })),
    'second-checker-needed',
  )
  await refusal(
    asWard(work => cards.destroyOld(work, { secondChecker })),
    'nothing-to-destroy',
  )
  await house.owner(`update cards.taken_in set taken_on = '2023-03-01' where person_id = $1`, [old.personId])
  const lying = await asWard(work => cards.listOldCards(work))
  assert.deepEqual([lying.due, lying.keptDays], [2, 30])
  const theirs = lying.rows.filter(({ personId }) => personId === old.personId)
  assert.deepEqual(
    theirs.map(({ kind, name, mayBeDestroyed }) => [kind, name !== undefined, mayBeDestroyed]),
    [
      ['cmnd9', true, true],
      ['cccd', true, true],
    ],
  )
  const pages: string[] = []
  for (let after: string | undefined; pages.length < 10; ) {
    const page = await asWard(work => cards.listOldCards(work, { limit: 1, after }))
    pages.push(...page.rows.map(({ id }) => id))
    if (!page.next) break
    after = page.next
  }
  assert.deepEqual(
    pages,
    lying.rows.map(({ id }) => id),
  )
  assert.deepEqual(await asWard(work => cards.destroyOld(work, { secondChecker })), { cards: 2 })
  const left = await asWard(work => cards.listOldCards(work))
  assert.deepEqual([lying.total - left.total, left.due], [2, 0])
  await refusal(
    asWard(work => cards.destroyOld(work, { secondChecker })),
    'nothing-to-destroy',
  )
})

test('cards that lie undelivered are listed, the longest first, with where they lie', async () => {
  const [older, newer] = [await aPupilWith('at-unit'), await aPupilWith('at-unit')]
  await house.owner(`update cards.card set state_on = '2023-04-01' where id = $1`, [older.cardId])
  await house.owner(`update cards.card set state_on = '2023-04-10' where id = $1`, [newer.cardId])
  const { rows } = await asWard(work => cards.listUndelivered(work, { olderThanDays: 7 }))
  assert.deepEqual(
    rows.map(({ cardId }) => cardId),
    [older.cardId, newer.cardId],
  )
  assert.deepEqual([rows[0]?.since, rows[0]?.kind, rows[0]?.placeId], ['2023-04-01', 'unit', ward.unitId])
  const page = await asWard(work => cards.listUndelivered(work, { olderThanDays: 7, limit: 1 }))
  assert.deepEqual([page.rows.length, page.next], [1, `2023-04-01~${older.cardId}`])
  assert.deepEqual(
    (await asWard(work => cards.listUndelivered(work, { olderThanDays: 7, limit: 1, after: page.next }))).rows.map(
      ({ cardId }) => cardId,
    ),
    [newer.cardId],
  )
  assert.deepEqual((await asOther(work => cards.listUndelivered(work, { olderThanDays: 7 }))).rows, [])
  await asWard(work => cards.handOver(work, { serial: older.serial, personId: older.personId, to: toHolder }))
  const rest = await asWard(work => cards.listUndelivered(work, { olderThanDays: 7, after: page.next }))
  assert.deepEqual(
    rest.rows.map(({ cardId }) => cardId),
    [newer.cardId],
    'the page ended with a card that has gone on meanwhile',
  )
  await refusal(
    asWard(work => cards.listUndelivered(work, { olderThanDays: 7, after: older.cardId })),
    'card-page-malformed',
  )
})
