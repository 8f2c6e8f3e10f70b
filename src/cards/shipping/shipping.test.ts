import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSerial } from '../../../test/a-card.ts'
import { aCardCentre, aGuestWith } from '../../../test/a-card-centre.ts'
import { commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import type { Id } from '../../platform/ids.ts'
import * as cards from '../cards.ts'

const house = await openHouse({ withUnits: true })
const centre = await aCardCentre(house)
const { ward, maker, other, asMaker, asWard, asOther, aPupilWith, schoolId, otherSchoolId } = centre

const toWard = { kind: 'unit' as const, id: ward.unitId }
const toSchool = { kind: 'school' as const, id: schoolId }
const whereIs = async (id: Id<'card'>) => (await house.work(work => cards.whereaboutsOf(work, [id])))[0]
const stateOf = async ({ personId, cardId }: { personId: Id<'person'>; cardId: Id<'card'> }) =>
  (await house.work(work => cards.cardsOf(work, [personId]))).get(personId)?.find(({ id }) => id === cardId)?.state

type Made = { readonly personId: Id<'person'>; readonly cardId: Id<'card'>; readonly serial: string }

/** Packs cards at the card centre, seals the box and sends it to the ward. */
async function sent(those: readonly Made[]): Promise<cards.Box> {
  const box = await asMaker(work => cards.openBox(work, { to: toWard }))
  for (const { serial } of those) await asMaker(work => cards.putInBox(work, box.id, { serial }))
  await asMaker(work => cards.sealBox(work, box.id, { seal: 'NP-0001' }))
  return asMaker(work => cards.sendBox(work, box.id))
}
const received = async (those: readonly Made[]) => {
  const box = await sent(those)
  return asWard(work => cards.receiveBox(work, box.id, { seal: 'intact' }))
}

test('a box is packed, sealed, sent, received and counted, and its cards are at the ward then', async () => {
  const [one, two] = [await aPupilWith('produced'), await aPupilWith('produced')]
  const box = await asMaker(work => cards.openBox(work, { to: toWard }))
  assert.match(box.code, /^H22-23-\d{4}$/)
  await refusal(
    asMaker(work => cards.sealBox(work, box.id, { seal: 'NP-1' })),
    'box-empty',
  )
  await asMaker(work => cards.putInBox(work, box.id, { serial: one.serial }))
  await asMaker(work => cards.putInBox(work, box.id, { cardId: two.cardId }))
  await refusal(
    asMaker(work => cards.sealBox(work, box.id, { seal: ' ' })),
    'box-seal-needed',
  )
  await refusal(
    asMaker(work => cards.sendBox(work, box.id)),
    'box-state-refused',
  )
  await asMaker(work => cards.sealBox(work, box.id, { seal: 'NP-1' }))
  await asMaker(work => cards.sendBox(work, box.id))
  assert.deepEqual(await whereIs(one.cardId), {
    cardId: one.cardId,
    at: 'in-box',
    since: (
      await house.owner<{ day: string }>(
        `select (sent_at at time zone 'Asia/Ho_Chi_Minh')::date::text as day from cards.box where id = $1`,
        [box.id],
      )
    )[0]?.day,
    box: { id: box.id, code: box.code, state: 'sent', to: ward.unitId, toKind: 'unit' },
  })
  await refusal(
    asWard(work => cards.receiveBox(work, box.id, { seal: 'broken' })),
    'box-remark-needed',
  )
  const taken = await asWard(work => cards.receiveBox(work, box.id, { seal: 'broken', remark: 'tem rách một góc' }))
  assert.deepEqual([taken.state, taken.intact], ['received', false])
  const counted = await asWard(work => cards.countBox(work, box.id, { serials: [two.serial, one.serial] }))
  assert.deepEqual([counted.present, counted.missing, counted.notListed, counted.ended], [2, [], [], []])
  assert.deepEqual([await stateOf(one), await stateOf(two)], ['at-unit', 'at-unit'])
  assert.deepEqual(await whereIs(two.cardId), {
    cardId: two.cardId,
    at: 'at-unit',
    since: '2023-04-20',
    placeId: ward.unitId,
  })
  const deeds = (await house.work(work => audit.deedsOf(work, box.id))).map(({ deed }) => deed)
  assert.deepEqual(deeds.reverse(), [
    'box.opened',
    'box.card-put-in',
    'box.card-put-in',
    'box.sealed',
    'box.sent',
    'box.received',
    'box.counted',
  ])
  assert.equal((await house.work(work => audit.lastDeedOn(work, one.cardId)))?.deed, 'card.returned')
})

test('a card that is missing from a counted box is a gap until it is found; an unexpected one is kept', async () => {
  const [here, gone] = [await aPupilWith('produced'), await aPupilWith('produced')]
  const astray = await aPupilWith('produced')
  const box = await received([here, gone])
  const foreign = aSerial()
  const counted = await asWard(work => cards.countBox(work, box.id, { serials: [here.serial, astray.serial, foreign] }))
  assert.deepEqual(counted.missing, [{ cardId: gone.cardId, serial: gone.serial }])
  assert.deepEqual(
    [...counted.notListed].sort((a, b) => a.serial.localeCompare(b.serial)),
    [{ serial: astray.serial, cardId: astray.cardId }, { serial: foreign }].sort((a, b) =>
      a.serial.localeCompare(b.serial),
    ),
  )
  assert.equal((await whereIs(gone.cardId))?.at, 'missing')
  assert.equal(await stateOf(gone), 'produced')
  assert.deepEqual(
    (await asMaker(work => cards.listBoxes(work, { which: 'missing' }))).rows.map(({ id }) => id),
    [box.id],
  )
  await refusal(
    asMaker(async work =>
      cards.putInBox(work, (await cards.openBox(work, { to: toWard })).id, { serial: gone.serial }),
    ),
    'card-in-a-box',
  )

  await asWard(work => cards.takeInFoundCard(work, { serial: gone.serial }))
  assert.equal((await whereIs(gone.cardId))?.at, 'at-unit')
  assert.deepEqual((await asMaker(work => cards.listBoxes(work, { which: 'missing' }))).rows, [])
  await asWard(work => cards.takeInFoundCard(work, { serial: astray.serial }))
  assert.equal(await stateOf(astray), 'at-unit')
  assert.deepEqual(
    (await asWard(cards.countPipeline)).boxes.withUnexpected,
    1,
    'the foreign one still waits for somebody',
  )
})

test('the unit that counted a box says what became of each unexpected card, which stands until then', async () => {
  const [ours, astray, foreign, nothing] = [
    await aPupilWith('produced'),
    await aPupilWith('produced'),
    aSerial(),
    'ABC-123',
  ]
  const box = await received([ours])
  await asWard(work => cards.countBox(work, box.id, { serials: [ours.serial, astray.serial, foreign, nothing] }))
  const stands = async () => (await asWard(work => cards.showBox(work, box.id))).unexpected
  const which = async (as: typeof asWard) =>
    (await as(work => cards.listBoxes(work, { which: 'unexpected' }))).rows.map(({ id }) => id)
  const of = async (serial: string) => (await stands()).find(stray => stray.serial === serial)
  assert.deepEqual(
    (await stands()).map(({ by, outcome, at }) => [by, outcome, at instanceof Date]),
    Array(3).fill([ward.name, null, true]),
  )
  assert.ok((await which(asWard)).includes(box.id))
  assert.ok(!(await which(asOther)).includes(box.id))
  const settle = async (serial: string, note: string, as = asWard) =>
    as(async work =>
      cards.settleUnexpected(work, (await of(serial))!.id, {
        outcome: serial === nothing ? 'misread' : 'sent-back',
        note,
      }),
    )

  await refusal(settle(foreign, ' '), 'unexpected-card-note-needed')
  await refusal(settle(foreign, 'gửi trả trung tâm', asOther), 'unexpected-card-unknown')
  await settle(foreign, 'gửi trả trung tâm, phiếu 12')
  await refusal(settle(foreign, 'gửi trả trung tâm'), 'unexpected-card-settled')
  await settle(nothing, 'quét nhầm mã trên hộp')
  assert.ok((await which(asWard)).includes(box.id), 'one is left')
  await asWard(work => cards.takeInFoundCard(work, { serial: astray.serial }))
  assert.deepEqual(
    [(await of(astray.serial))?.outcome, (await of(foreign))?.settledBy, (await of(nothing))?.note],
    ['found', ward.name, 'quét nhầm mã trên hộp'],
  )
  assert.ok(!(await which(asWard)).includes(box.id))
})

test('a missing card that is declared lost is revoked and reprinted with its application and deadline', async () => {
  const lost = await aPupilWith('produced')
  const box = await received([lost])
  await refusal(
    asWard(work => cards.declareLost(work, lost.cardId)),
    'card-not-missing',
  )
  await asWard(work => cards.countBox(work, box.id, { serials: [] }))
  const { revoked, reprint } = await asWard(work =>
    cards.declareLost(work, lost.cardId, { note: 'không thấy sau ba lần tìm' }),
  )
  assert.deepEqual(
    [revoked.state, reprint?.state, await stateOf({ personId: lost.personId, cardId: reprint!.id })],
    ['revoked', 'approved', 'approved'],
  )
  const orders = await house.owner<{ application_id: string; due_on: string; reprint_of: string | null }>(
    `select application_id, due_on::text, reprint_of from cards.card_order where person_id = $1
      order by reprint_of nulls first`,
    [lost.personId],
  )
  assert.equal(orders[0]?.application_id, orders[1]?.application_id)
  assert.deepEqual([orders[0]?.due_on, orders[1]?.reprint_of], [orders[1]?.due_on, lost.cardId])
  const { ending } = await asWard(work => cards.cardLife(work, { cardId: lost.cardId }))
  assert.deepEqual([ending?.code, ending?.note], ['lost-in-transit', 'không thấy sau ba lần tìm'])
  // It turns up all the same: its successor is on its way, so it goes to what is destroyed.
  assert.equal((await asWard(work => cards.takeInFoundCard(work, { cardId: lost.cardId }))).state, 'revoked')
  const { place, takenIn } = await asWard(work => cards.cardLife(work, { cardId: lost.cardId }))
  assert.deepEqual([place.at, takenIn.map(({ unitId }) => unitId)], ['ended', [ward.unitId]])
})

test('a ward that sees the holder through the card alone can declare it lost, and gets the reprint', async () => {
  const guest = await aGuestWith(centre)
  const [stranger] = [await centre.aPupil({ commune: commune.quangHanh })]
  await house.owner(
    `insert into cards.card (person_id, id, serial, origin, state, issued_on, state_on, changed_at)
     values ($1, gen_random_uuid(), 'TW-9', 'imported', 'produced', '2023-04-01', '2023-04-01', now())`,
    [stranger],
  )
  const box = await asMaker(work => cards.openBox(work, { to: toWard }))
  for (const serial of [guest.serial, 'TW-9']) await asMaker(work => cards.putInBox(work, box.id, { serial }))
  await asMaker(work => cards.sealBox(work, box.id, { seal: 'NP-9' }))
  await asMaker(work => cards.sendBox(work, box.id))
  await asWard(work => cards.receiveBox(work, box.id, { seal: 'intact' }))
  const { missing } = await asWard(work => cards.countBox(work, box.id, { serials: [] }))
  const { reprint } = await asWard(work => cards.declareLost(work, guest.cardId))
  const order = (await asWard(work => cards.listStage(work, { stage: 'to-plan' }))).rows.find(
    ({ cardId }) => cardId === reprint?.id,
  )
  assert.equal(order?.placeId, ward.unitId)

  const imported = missing.find(({ serial }) => serial === 'TW-9')!.cardId
  assert.deepEqual(Object.keys(await asWard(work => cards.declareLost(work, imported))), ['revoked'])
  await refusal(
    asWard(work => cards.cardLife(work, { cardId: imported })),
    'card-unknown',
  )
  assert.deepEqual(
    [await stateOf(guest), (await asWard(work => cards.showBox(work, box.id))).box.missing],
    ['revoked', 0],
  )
})

test('a box counts cards whose holders the ward no longer sees', async () => {
  const guest = await aGuestWith(centre)
  const ours = await aPupilWith('produced')
  const box = await received([guest, ours])
  await asWard(work => cards.countBox(work, box.id, { serials: [guest.serial] }))
  await asWard(work => cards.handOver(work, { serial: guest.serial, personId: guest.personId, to: { kind: 'holder' } }))
  const { box: after, cards: lines } = await asWard(work => cards.showBox(work, box.id))
  assert.deepEqual(
    lines.map(({ cardId }) => cardId),
    [ours.cardId],
  )
  assert.deepEqual([after.cards, after.present, after.missing], [2, 1, 1])
  assert.equal((await asWard(work => cards.listBoxes(work, { which: 'missing' }))).rows[0]?.cards, 2)
})

test('a ward can close the gap of a holder it sees through the card alone, also after a revocation', async () => {
  const [gone, there] = [await aGuestWith(centre), await aGuestWith(centre)]
  const box = await received([gone, there])
  for (const { cardId } of [gone, there])
    await house.work(work => cards.revokeCard(work, cardId, { code: 'nationality-lost' }))
  const counted = await asWard(work => cards.countBox(work, box.id, { serials: [there.serial] }))
  assert.deepEqual(
    [counted.ended, counted.missing.map(({ cardId }) => cardId), counted.notListed],
    [[there.cardId], [gone.cardId], []],
  )
  assert.deepEqual((await asWard(cards.countPipeline)).boxes.withMissing > 0, true)
  await asWard(work => cards.declareLost(work, gone.cardId))
  assert.equal((await asWard(work => cards.cardLife(work, { cardId: there.cardId }))).place.at, 'to-be-destroyed')
  await asWard(work => cards.takeInFoundCard(work, { cardId: there.cardId }))
  for (const { cardId } of [gone, there])
    await refusal(
      asWard(work => cards.cardLife(work, { cardId })),
      'card-unknown',
    )
  const { box: after } = await asWard(work => cards.showBox(work, box.id))
  assert.deepEqual([after.cards, after.present, after.missing], [2, 1, 0])
})

test('an officer who does not see one of the holders cannot count the box', async () => {
  const guest = await aGuestWith(centre)
  const box = await received([guest])
  await house.owner('delete from register.access_case where case_id = $1', [guest.cardId])
  await refusal(
    asWard(work => cards.countBox(work, box.id, { serials: [guest.serial] })),
    'box-holder-unseen',
  )
  assert.equal((await whereIs(guest.cardId))?.at, 'in-box')
  await house.work(work => cards.countBox(work, box.id, { serials: [guest.serial] }))
  assert.equal((await whereIs(guest.cardId))?.at, 'at-unit')
})

test('a missing card that an extract reports as handed over stays its holder’s when it is declared lost', async () => {
  const card = await aPupilWith('produced')
  const box = await received([card])
  await asWard(work => cards.countBox(work, box.id, { serials: [] }))
  await house.owner(`update cards.card set state = 'handed-over' where id = $1`, [card.cardId])
  assert.deepEqual(Object.keys(await asWard(work => cards.declareLost(work, card.cardId))), ['revoked'])
  assert.deepEqual(
    [await stateOf(card), (await asWard(work => cards.showBox(work, box.id))).box.missing],
    ['handed-over', 0],
  )
})

test('a card is in one box at a time, and is sent only where it is awaited', async () => {
  const card = await aPupilWith('produced')
  const first = await asMaker(work => cards.openBox(work, { to: toWard }))
  const second = await asMaker(work => cards.openBox(work, { to: toWard }))
  await asMaker(work => cards.putInBox(work, first.id, { serial: card.serial }))
  await refusal(
    asMaker(work => cards.putInBox(work, second.id, { serial: card.serial })),
    'card-in-a-box',
  )
  await asMaker(work => cards.takeOutOfBox(work, first.id, { serial: card.serial }))
  await refusal(
    asMaker(work => cards.takeOutOfBox(work, first.id, { serial: card.serial })),
    'card-not-in-box',
  )
  const elsewhere = await asMaker(work => cards.openBox(work, { to: { kind: 'unit', id: other.unitId } }))
  await refusal(
    asMaker(work => cards.putInBox(work, elsewhere.id, { serial: card.serial })),
    'card-goes-elsewhere',
  )
  const straightToSchool = await asMaker(work => cards.openBox(work, { to: toSchool }))
  await refusal(
    asMaker(work => cards.putInBox(work, straightToSchool.id, { serial: card.serial })),
    'card-not-to-be-sent',
  )
  await refusal(
    asMaker(work => cards.openBox(work, { to: { kind: 'unit', id: maker.unitId } })),
    'box-nowhere',
  )
  const waiting = await aPupilWith('approved')
  await refusal(
    asMaker(work => cards.putInBox(work, second.id, { cardId: waiting.cardId })),
    'card-not-to-be-sent',
  )
})

test('cards go from the ward to a school, and uncollected ones come back by a box or by a scan', async () => {
  const [stays, returns] = [await aPupilWith('at-unit'), await aPupilWith('at-unit')]
  const box = await asWard(work => cards.openBox(work, { to: toSchool }))
  for (const { serial } of [stays, returns]) await asWard(work => cards.putInBox(work, box.id, { serial }))
  await asWard(work => cards.sealBox(work, box.id, { seal: 'T-1' }))
  await asWard(work => cards.sendBox(work, box.id))
  await asWard(work => cards.receiveBox(work, box.id, { seal: 'intact' }))
  await asWard(work => cards.countBox(work, box.id, { serials: [stays.serial, returns.serial] }))
  assert.deepEqual([(await whereIs(stays.cardId))?.at, (await whereIs(stays.cardId))?.placeId], ['at-school', schoolId])
  assert.equal(await stateOf(stays), 'at-unit')

  const fromWard = await asWard(work => cards.openBox(work, { to: { kind: 'school', id: otherSchoolId } }))
  await refusal(
    asWard(work => cards.putInBox(work, fromWard.id, { serial: stays.serial })),
    'card-lies-elsewhere',
  )
  const back = await asWard(work => cards.openBox(work, { from: toSchool, to: toWard }))
  await asWard(work => cards.putInBox(work, back.id, { serial: returns.serial }))
  await asWard(work => cards.sealBox(work, back.id, { seal: 'T-2' }))
  await asWard(work => cards.sendBox(work, back.id))
  await asWard(work => cards.receiveBox(work, back.id, { seal: 'intact' }))
  await asWard(work => cards.countBox(work, back.id, { serials: [returns.serial] }))
  await asWard(work => cards.takeInFoundCard(work, { serial: stays.serial }))
  for (const { cardId } of [stays, returns]) assert.equal((await whereIs(cardId))?.at, 'at-unit')
})

test('a card that was revoked on its way cannot be handed over when it arrives', async () => {
  const ended = await aPupilWith('produced')
  const box = await received([ended])
  await house.work(work => cards.revokeCard(work, ended.cardId, { code: 'misprinted' }))
  const counted = await asWard(work => cards.countBox(work, box.id, { serials: [ended.serial] }))
  assert.deepEqual([counted.present, counted.ended], [1, [ended.cardId]])
  assert.equal(await stateOf(ended), 'revoked')
})

test('a card that was revoked while missing is no gap once it is found or lost, and is not reprinted', async () => {
  const [one, two] = [await aPupilWith('produced'), await aPupilWith('produced')]
  const box = await received([one, two])
  await asWard(work => cards.countBox(work, box.id, { serials: [] }))
  for (const { cardId } of [one, two]) await house.work(work => cards.revokeCard(work, cardId, { code: 'misprinted' }))
  assert.equal((await asWard(work => cards.takeInFoundCard(work, { serial: one.serial }))).state, 'revoked')
  assert.deepEqual(Object.keys(await asWard(work => cards.declareLost(work, two.cardId))), ['revoked'])
  assert.equal((await asWard(work => cards.showBox(work, box.id))).box.missing, 0)
})

test('a box is counted at its destination, not by its packer', async () => {
  const box = await sent([await aPupilWith('produced')])
  await refusal(
    asMaker(work => cards.receiveBox(work, box.id, { seal: 'intact' })),
    'box-not-here',
  )
  await asWard(work => cards.receiveBox(work, box.id, { seal: 'intact' }))
  await refusal(
    asMaker(work => cards.countBox(work, box.id, { serials: [] })),
    'box-not-here',
  )
})

test('the receiver of a box sees its cards, also those of people who live elsewhere', async () => {
  const personId = await centre.aPupil({ commune: commune.quangHanh })
  await house.owner(
    `insert into cards.card (person_id, id, serial, origin, state, issued_on, state_on, changed_at)
     values ($1, gen_random_uuid(), 'TW-1', 'imported', 'produced', '2023-04-01', '2023-04-01', now())`,
    [personId],
  )
  const box = await asMaker(work => cards.openBox(work, { to: toWard }))
  await asMaker(work => cards.putInBox(work, box.id, { serial: 'TW-1' }))
  await asMaker(work => cards.sealBox(work, box.id, { seal: 'NP-2' }))
  assert.equal((await asWard(work => cards.showBox(work, box.id))).cards.length, 0)
  await asMaker(work => cards.sendBox(work, box.id))
  await asWard(work => cards.receiveBox(work, box.id, { seal: 'intact' }))
  assert.equal((await asWard(work => cards.countBox(work, box.id, { serials: ['TW-1'] }))).present, 1)
  await asWard(work => cards.handOver(work, { serial: 'TW-1', personId, to: { kind: 'holder' } }))
})

test('other contexts see which cards wait for production, receipt or hand-over, since when and where', async () => {
  const those = [await aPupilWith('approved'), await aPupilWith('produced'), await aPupilWith('at-unit')]
  const rows = await house.work(async ({ tx }) =>
    tx
      .selectFrom('cards.published_whereabouts')
      .select(['card_id', 'state', 'since_on', 'due_on', 'box_state', 'place_kind', 'place_id'])
      .where(
        'card_id',
        'in',
        those.map(({ cardId }) => cardId),
      )
      .orderBy('card_id')
      .execute(),
  )
  const told = { since_on: '2023-04-20', due_on: '2023-05-01', box_state: null, place_kind: null, place_id: null }
  assert.deepEqual(rows, [
    { card_id: those[0]!.cardId, state: 'approved', ...told },
    { card_id: those[1]!.cardId, state: 'produced', ...told },
    { card_id: those[2]!.cardId, state: 'at-unit', ...told, place_kind: 'unit', place_id: ward.unitId },
  ])
})

test('a ward sees boxes from and to it, and no others', async () => {
  const box = await sent([await aPupilWith('produced')])
  assert.equal((await asWard(work => cards.showBox(work, box.id))).cards.length, 1)
  await refusal(
    asOther(work => cards.showBox(work, box.id)),
    'box-unknown',
  )
  await refusal(
    asOther(work => cards.receiveBox(work, box.id, { seal: 'intact' })),
    'box-unknown',
  )
})

test('lists are read a page at a time', async () => {
  const all = (await asMaker(work => cards.listBoxes(work))).rows.map(({ id }) => id)
  const pages: string[] = []
  let after: string | undefined
  do {
    const page = await asMaker(work => cards.listBoxes(work, { limit: 2, after }))
    pages.push(...page.rows.map(({ id }) => id))
    after = page.next
  } while (after)
  assert.ok(all.length > 4)
  assert.deepEqual(pages, all)
})

test('an officer opens no box between two places of others, nor packs one in the name of another unit', async () => {
  const otherUnit = { kind: 'unit' as const, id: other.unitId }
  const ofWard = { kind: 'unit' as const, id: ward.unitId }
  const mine = { kind: 'unit' as const, id: maker.unitId }
  for (const places of [
    { from: ofWard, to: mine },
    { from: toSchool, to: ofWard },
    { from: ofWard, to: otherUnit },
  ])
    await refusal(
      asOther(work => cards.openBox(work, places)),
      'card-unit-outside',
    )
})
