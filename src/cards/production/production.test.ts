import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { fromBufferPromise } from 'yauzl'
import { aPortrait, aSerial, contentOf, orderCard } from '../../../test/a-card.ts'
import { aCardCentre } from '../../../test/a-card-centre.ts'
import { commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { readCsv } from '../../platform/csv/read-csv.ts'
import { asDay } from '../../platform/day.ts'
import { asId, type Id, newId } from '../../platform/ids.ts'
import * as cards from '../cards.ts'

const house = await openHouse({ withUnits: true })
const centre = await aCardCentre(house)
const { ward, asMaker, asChecker, asWard, aPupil, aPupilWith, blanks } = centre
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-returns-'))
after(() => rm(folder, { recursive: true }))

const applied = async (given: Parameters<typeof aPupil>[0] = {}) => {
  const personId = await aPupil(given)
  return asWard(work => cards.applyForCard(work, personId, { unitId: ward.unitId }))
}
const stateOf = async ({ personId, id }: { personId: Id<'person'>; id: string }) =>
  (await house.work(work => cards.cardsOf(work, [personId]))).get(personId)?.find(card => card.id === id)?.state
const whereIs = async (id: Id<'card'>) => (await house.work(work => cards.whereaboutsOf(work, [id])))[0]?.at
/** A batch of these cards alone: whatever else waits is put away first. */
async function aBatch(maker: cards.Maker, count: number, dueBefore = '2023-05-02') {
  return asMaker(work => cards.planBatch(work, { maker, most: count, dueBefore: asDay(dueBefore) }))
}
const lastDeed = async (id: string) => (await house.work(work => audit.lastDeedOn(work, id)))?.deed

test('a card is ordered by another officer than captured it, with a number and a portrait, and frozen', async () => {
  const card = await applied()
  const order = (more: Partial<cards.NewCardOrder>) => asWard(work => orderCard(work, card, ward.unitId, more))
  await refusal(order({ approvedBy: 'who-captured' }), 'order-own-capture')
  const another = await house.work(work => contentOf(work, card.personId))
  await refusal(order({ content: { ...another, number: '022205999999' } }), 'order-number-differs')
  await refusal(order({ portrait: undefined }), 'order-portrait-needed')
  await refusal(order({ portrait: Buffer.from('GIF89a') }), 'order-portrait-needed')
  assert.equal((await order({})).state, 'approved')
  await refusal(order({}), 'card-move-refused')
  const [kept] = await house.owner<{ content: { number: string }; hash: string }>(
    'select content, portrait_sha256 as hash from cards.card_order where card_id = $1',
    [card.id],
  )
  assert.equal(kept?.content.number, another.number)
  assert.equal(kept?.hash, createHash('sha256').update(aPortrait).digest('hex'))
})

test('a batch whose last cards are cancelled is closed, also by a ward that does not see it, or by two', async () => {
  const those = [await applied(), await applied()]
  for (const card of those) await asWard(work => orderCard(work, card, ward.unitId, { dueOn: asDay('2023-04-21') }))
  const batch = await aBatch('house', 2, '2023-04-22')
  const stands = async () => (await asMaker(work => cards.showBatch(work, batch.id))).batch
  await asWard(work => cards.cancelCard(work, those[0]!.id, { code: 'withdrawn' }))
  assert.deepEqual([(await stands()).state, (await stands()).waiting], ['open', 1])
  await asWard(work => cards.cancelCard(work, those[1]!.id, { code: 'withdrawn' }))
  assert.deepEqual(
    [(await stands()).state, (await stands()).waiting, await lastDeed(batch.id)],
    ['closed', 0, 'batch.closed'],
  )

  const others = [await applied(), await applied()]
  for (const card of others) await asWard(work => orderCard(work, card, ward.unitId, { dueOn: asDay('2023-04-21') }))
  const second = await aBatch('house', 2, '2023-04-22')
  await Promise.all(others.map(({ id }) => asWard(work => cards.cancelCard(work, id, { code: 'withdrawn' }))))
  assert.equal((await asMaker(work => cards.showBatch(work, second.id))).batch.state, 'closed')
})

test('one application orders one card', async () => {
  const card = await applied()
  const applicationId = crypto.randomUUID()
  await asWard(work => orderCard(work, card, ward.unitId, { applicationId }))
  await asWard(work => cards.cancelCard(work, card.id, { code: 'wrong-content' }))
  const again = await asWard(work => cards.applyForCard(work, card.personId as never, { unitId: ward.unitId }))
  await refusal(
    asWard(work => orderCard(work, again, ward.unitId, { applicationId })),
    'order-exists',
  )
})

test('an application that comes to nothing leaves no card, and its holder may apply again', async () => {
  const { cardId, personId } = await aPupilWith('approved')
  const batch = await aBatch('house', 50)
  await refusal(
    asWard(work => cards.cancelCard(work, cardId, { code: 'because' })),
    'card-reason-unknown',
  )
  await asWard(work => cards.cancelCard(work, cardId, { code: 'withdrawn' }))
  assert.equal(await lastDeed(cardId), 'card.cancelled')
  assert.equal(
    (await asMaker(work => cards.showBatch(work, batch.id))).cards.find(line => line.cardId === cardId)?.state,
    'released',
  )
  await refusal(
    asMaker(work => cards.makeCard(work, { cardId, serial: 'X' })),
    'card-not-waiting',
  )
  assert.equal((await asWard(work => cards.applyForCard(work, personId, { unitId: ward.unitId }))).state, 'applied')
})

test('a batch takes the most urgent cards first, and no card that waits in another batch', async () => {
  const [late, soon] = [await applied(), await applied()]
  await asWard(work => orderCard(work, late, ward.unitId, { dueOn: asDay('2023-04-22') }))
  await asWard(work => orderCard(work, soon, ward.unitId, { dueOn: asDay('2023-04-21') }))
  const first = await asMaker(work =>
    cards.planBatch(work, { maker: 'house', most: 1, dueBefore: asDay('2023-04-23') }),
  )
  const second = await asMaker(work =>
    cards.planBatch(work, { maker: 'house', most: 5, dueBefore: asDay('2023-04-23') }),
  )
  const cardsIn = async (id: string) =>
    (await asMaker(work => cards.showBatch(work, id))).cards.map(({ cardId }) => cardId)
  assert.deepEqual([await cardsIn(first.id), await cardsIn(second.id)], [[soon.id], [late.id]])
  assert.equal(first.dueOn, '2023-04-21')
  await refusal(
    asMaker(work => cards.planBatch(work, { maker: 'house', most: 5, dueBefore: asDay('2023-04-23') })),
    'batch-empty',
  )
})

test('a batch counts cards whose holders its planner no longer sees, and its pages go past them', async () => {
  const dueBefore = asDay('2023-04-19')
  const guest = await asMaker(async work =>
    cards.applyForCard(work, await aPupil({ commune: commune.quangHanh }), { unitId: ward.unitId }),
  )
  const ours = await applied()
  await asMaker(work => orderCard(work, guest, ward.unitId, { dueOn: asDay('2023-04-17') }))
  await asWard(work => orderCard(work, ours, ward.unitId, { dueOn: asDay('2023-04-18') }))
  const batch = await asWard(work => cards.planBatch(work, { maker: 'house', most: 5, dueBefore }))
  const first = await asWard(work => cards.showBatch(work, batch.id, { limit: 1 }))
  assert.deepEqual(
    first.cards.map(({ cardId }) => cardId),
    [guest.id],
  )
  await asWard(work => cards.cancelCard(work, guest.id, { code: 'withdrawn' }))
  const rest = await asWard(work => cards.showBatch(work, batch.id, { after: first.next }))
  assert.deepEqual(
    rest.cards.map(({ cardId }) => cardId),
    [ours.id],
  )
  assert.deepEqual([rest.batch.cards, rest.batch.waiting, rest.batch.dueOn], [2, 1, '2023-04-18'])
  assert.equal((await asWard(work => cards.listBatches(work, { which: 'late' }))).rows[0]?.id, batch.id)
  await asWard(work => cards.cancelCard(work, ours.id, { code: 'withdrawn' }))
})

test('a card of a holder whose birthday is known in part lasts until the latest possible birthday', async () => {
  const termOf = async (bornOn: string) => (await aPupilWith('produced', { bornOn })).card.expiresOn
  assert.deepEqual(
    [await termOf('2005'), await termOf('2005-02'), await termOf('2005-02-03')],
    ['2030-12-31', '2030-02-28', '2030-02-03'],
  )
})

test('a batch of a unit has the cards of that unit and those below, and no others', async () => {
  const { cardId } = await aPupilWith('approved')
  const [quangHanh] = await house.owner<{ id: Id<'unit'> }>('select id from units.unit where id = $1', [
    centre.other.unitId,
  ])
  await refusal(
    asMaker(work => cards.planBatch(work, { maker: 'house', most: 5, unitIds: [quangHanh!.id] })),
    'batch-empty',
  )
  await asMaker(work => cards.planBatch(work, { maker: 'house', most: 50, unitIds: [centre.maker.unitId] }))
  assert.equal(await whereIs(cardId), 'at-maker')
})

test('a card is produced when another officer than its maker passed it, and not before', async () => {
  const { cardId, personId } = await aPupilWith('approved', { bornOn: '2005-03-15' })
  await aBatch('house', 50)
  const [serial] = await blanks(1)
  const attempt = await asMaker(work => cards.makeCard(work, { cardId, serial: serial! }))
  assert.equal(await stateOf({ personId, id: cardId }), 'approved')
  await refusal(
    asMaker(work => cards.makeCard(work, { cardId, serial: serial! })),
    'card-to-be-checked',
  )
  await refusal(
    asMaker(work => cards.checkCard(work, attempt.id, { quality: 'passed' })),
    'check-own-work',
  )
  const made = await asChecker(work => cards.checkCard(work, attempt.id, { quality: 'passed' }))
  assert.deepEqual(
    [made.state, made.serial, made.issuedOn, made.expiresOn],
    ['produced', serial, '2023-04-20', '2030-03-15'],
  )
  await refusal(
    asChecker(work => cards.checkCard(work, attempt.id, { quality: 'passed' })),
    'attempt-checked',
  )
})

test('a card that did not pass is made again from the same order on another blank; the first is spoiled', async () => {
  const { cardId } = await aPupilWith('approved')
  await aBatch('house', 50)
  const [bad, good] = await blanks(2)
  const before = await asMaker(cards.blankBalance)
  const first = await asMaker(work => cards.makeCard(work, { cardId, serial: bad! }))
  await asChecker(work => cards.checkCard(work, first.id, { quality: 'rejected', fault: 'ảnh lệch' }))
  await refusal(
    asMaker(work => cards.makeCard(work, { cardId, serial: bad! })),
    'blank-not-in-stock',
  )
  const second = await asMaker(work => cards.makeCard(work, { cardId, serial: good! }))
  assert.equal(second.attempt, 2)
  assert.equal((await asChecker(work => cards.checkCard(work, second.id, { quality: 'passed' }))).serial, good)
  const now = await asMaker(cards.blankBalance)
  assert.deepEqual(
    [
      now.spoiled - before.spoiled,
      now.used - before.used,
      now.inStock - before.inStock,
      now.received - before.received,
    ],
    [1, 1, -2, 0],
  )
  const { attempts } = await asWard(work => cards.cardLife(work, { cardId }))
  assert.deepEqual(
    attempts.map(({ quality, fault }) => [quality, fault]),
    [
      ['rejected', 'ảnh lệch'],
      ['passed', null],
    ],
  )
})

test('a card that is cancelled while it waits for its check cannot pass, only be rejected', async () => {
  const { cardId } = await aPupilWith('approved')
  await aBatch('house', 50)
  const [serial] = await blanks(1)
  const attempt = await asMaker(work => cards.makeCard(work, { cardId, serial: serial! }))
  await asWard(work => cards.cancelCard(work, cardId, { code: 'wrong-content' }))
  await refusal(
    asChecker(work => cards.checkCard(work, attempt.id, { quality: 'passed' })),
    'card-not-waiting',
  )
  await asChecker(work => cards.checkCard(work, attempt.id, { quality: 'rejected', fault: 'hồ sơ đã hủy' }))
})

test('each blank of a lot is in one place, and two officers answer for a count that differs', async () => {
  const lot = { code: 'LÔ 1', firstSerial: 'PH000001', lastSerial: 'PH000010' }
  const { lotId } = await asMaker(work => cards.receiveBlanks(work, lot))
  await refusal(
    asMaker(work => cards.receiveBlanks(work, lot)),
    'blank-lot-known',
  )
  await refusal(
    asMaker(work =>
      cards.receiveBlanks(work, { ...lot, code: 'LÔ 2', firstSerial: 'PH000010', lastSerial: 'PH000020' }),
    ),
    'serial-used',
  )
  for (const lastSerial of ['PH00001', 'QH000010', 'PH000000'])
    await refusal(
      asMaker(work => cards.receiveBlanks(work, { ...lot, code: 'LÔ 3', lastSerial })),
      'blank-range-malformed',
    )
  await refusal(
    asMaker(work => cards.receiveBlanks(work, { code: 'LÔ 3', count: 0 })),
    'blank-lot-size',
  )
  await asMaker(work => cards.spoilBlanks(work, { serials: ['PH000001'] }, { reason: 'gãy' }))
  await refusal(
    asMaker(work => cards.spoilBlanks(work, { serials: ['PH000001'] }, { reason: 'gãy' })),
    'blank-not-in-stock',
  )
  const secondChecker = asId<'officer'>(centre.checker.by.id)
  const count = (counted: number, more: { serials?: string[]; reason?: string; secondChecker?: Id<'officer'> } = {}) =>
    asMaker(work => cards.takeStock(work, { lotId, counted, secondChecker, ...more }))
  await refusal(count(9, { secondChecker: asId<'officer'>(centre.maker.by.id) }), 'second-checker-needed')
  await refusal(count(9, { secondChecker: newId<'officer'>() }), 'second-checker-unknown')
  assert.deepEqual(await count(9), { expected: 9, difference: 0 })
  await refusal(count(7), 'stock-take-reason-needed')
  await refusal(count(7, { reason: 'thiếu khi kiểm', serials: ['PH000009'] }), 'stock-take-serials-needed')
  await refusal(count(10, { reason: 'thừa' }), 'stock-take-too-many')
  assert.deepEqual(await count(7, { reason: 'thiếu khi kiểm', serials: ['PH000008', 'PH000009'] }), {
    expected: 9,
    difference: -2,
  })
  const balance = async () => {
    const {
      id: _id,
      unitId: _unit,
      receivedOn: _day,
      ...one
    } = (await asMaker(work => cards.listLots(work))).rows.find(({ id }) => id === lotId)!
    return one
  }
  assert.deepEqual(await balance(), {
    code: 'LÔ 1',
    numbered: true,
    received: 10,
    inStock: 7,
    used: 0,
    spoiled: 1,
    missing: 2,
  })
  assert.deepEqual(await count(8, { reason: 'tìm thấy trong ngăn máy', serials: ['PH000008'] }), {
    expected: 7,
    difference: 1,
  })
  assert.equal((await balance()).missing, 1)
})

test('a blank without serial gets the serial that its maker reads from it', async () => {
  await asMaker(work => cards.receiveBlanks(work, { code: 'LÔ KHÔNG SỐ', count: 3 }))
  const { cardId } = await aPupilWith('approved')
  await aBatch('house', 50)
  const serial = aSerial()
  const attempt = await asMaker(work => cards.makeCard(work, { cardId, serial }))
  assert.equal((await asChecker(work => cards.checkCard(work, attempt.id, { quality: 'passed' }))).serial, serial)
  const { lots } = { lots: (await asMaker(work => cards.listLots(work))).rows }
  const { received, inStock, used } = lots.find(({ code }) => code === 'LÔ KHÔNG SỐ')!
  assert.deepEqual([received, inStock, used], [3, 2, 1])
})

test('two officers at the same moment neither plan one card twice nor use one blank twice', async () => {
  await aPupilWith('approved')
  const plans = await Promise.allSettled([1, 2].map(() => aBatch('house', 50)))
  assert.deepEqual(plans.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const [one, two] = [await aPupilWith('approved'), await aPupilWith('approved')]
  await aBatch('house', 50)
  const [serial] = await blanks(1)
  const makings = await Promise.allSettled(
    [one, two].map(({ cardId }) => asMaker(work => cards.makeCard(work, { cardId, serial: serial! }))),
  )
  assert.deepEqual(makings.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
})

test('a card that is taken out of its batch may be planned again', async () => {
  const { cardId } = await aPupilWith('approved')
  const batch = await aBatch('house', 50)
  await asMaker(work => cards.takeOutOfBatch(work, cardId, { reason: 'chờ ảnh mới' }))
  assert.equal((await asMaker(work => cards.showBatch(work, batch.id))).batch.state, 'closed')
  await refusal(
    asMaker(work => cards.takeOutOfBatch(work, cardId, { reason: 'chờ ảnh mới' })),
    'card-not-waiting',
  )
  assert.equal((await aBatch('house', 50)).cards, 1)
})

test('a card that is made and not yet checked cannot be taken out of its batch', async () => {
  const { cardId } = await aPupilWith('approved')
  const batch = await aBatch('house', 50)
  const [serial] = await blanks(1)
  const attempt = await asMaker(work => cards.makeCard(work, { cardId, serial: serial! }))
  const takeOut = () => asMaker(work => cards.takeOutOfBatch(work, cardId, { reason: 'chờ ảnh mới' }))
  await refusal(takeOut(), 'card-to-be-checked')
  await asChecker(work => cards.checkCard(work, attempt.id, { quality: 'rejected', fault: 'mờ' }))
  await takeOut()
  assert.equal((await asMaker(work => cards.showBatch(work, batch.id))).batch.waiting, 0)
})

async function opened(zip: Buffer): Promise<Map<string, Buffer>> {
  const file = await fromBufferPromise(zip)
  const files = new Map<string, Buffer>()
  for await (const entry of file.eachEntry())
    files.set(entry.fileName, await buffer(await file.openReadStreamPromise(entry)))
  return files
}
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')

async function sentOut(count: number) {
  const waiting = await Promise.all(Array.from({ length: count }, () => applied()))
  for (const card of waiting)
    await asWard(work =>
      orderCard(work, card, ward.unitId, {
        dueOn: asDay('2023-04-20'),
        signature: Buffer.from('ink'),
        fingers: [{ finger: 'Left IndexFinger', type: 'image/png', image: Buffer.from('ridges') }],
      }),
    )
  const batch = await asMaker(work =>
    cards.planBatch(work, { maker: 'centre', most: 100, dueBefore: asDay('2023-04-21') }),
  )
  const out = new PassThrough()
  const [zip] = await Promise.all([buffer(out), asMaker(work => cards.writeOrderFile(work, batch.id, out))])
  return { batch, waiting, files: await opened(zip) }
}

test('the order file has every order, portrait, signature and finger, and a manifest with their hashes', async () => {
  const { batch, waiting, files } = await sentOut(3)
  const manifest = JSON.parse(files.get('manifest.json')!.toString()) as {
    cards: number
    files: Record<string, string>
    batch: string
  }
  assert.deepEqual([manifest.batch, manifest.cards], [batch.code, 3])
  assert.equal(files.get('manifest.sha256')!.toString(), `${sha256(files.get('manifest.json')!)}  manifest.json\n`)
  for (const [name, hash] of Object.entries(manifest.files)) assert.equal(sha256(files.get(name)!), hash, name)
  assert.deepEqual(
    [...files.keys()].filter(name => name.startsWith('portraits/')).sort(),
    waiting.map(({ id }) => `portraits/${id}.jpg`).sort(),
  )
  let first: Readonly<Record<string, string>> | undefined
  for await (const { values } of readCsv(Readable.from([files.get('orders.csv')!])))
    if (values?.['card'] === waiting[0]!.id) first = values
  assert.equal(first?.['full_name'], 'Nguyễn Văn An')
  assert.equal(first?.['signature_sha256'], sha256('ink'))
  const [card] = waiting as [cards.Card]
  assert.deepEqual(
    ['kind', 'issued_on', 'expires_on', 'mrz_3'].map(column => first?.[column]),
    ['cccd', '2023-04-20', '2030-03-15', 'NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'],
  )
  assert.equal(first?.['mrz_1']?.length, 30)
  assert.equal(files.get(`signatures/${card.id}.bin`)?.toString(), 'ink')
  assert.deepEqual(first?.['finger_files'], `fingers/${card.id}/finger-left-indexfinger.png`)
  assert.equal(files.get(first?.['finger_files'] ?? '')?.toString(), 'ridges')
  assert.deepEqual((await asMaker(work => cards.showBatch(work, batch.id))).batch.state, 'ordered')
  const house1 = await aBatchForHouse()
  await refusal(
    asMaker(work => cards.writeOrderFile(work, house1.id, new PassThrough())),
    'batch-not-for-centre',
  )
})

async function aBatchForHouse() {
  await aPupilWith('approved')
  return aBatch('house', 1)
}

const header = 'card,serial,issued_on,expires_on,state,reason,box'
const rejectedTo = join(folder, 'answers.rejected.csv')
const answering = (rows: readonly string[]) =>
  cards.importProductionResults(house.openWork, centre.maker, Readable.from([[header, ...rows].join('\n')]), {
    rejectedTo,
  })

test('a centre’s answers put made cards in their box and let rejected ones wait, and work only once', async () => {
  const { batch, waiting } = await sentOut(3)
  const [one, two, three] = waiting as [cards.Card, cards.Card, cards.Card]
  const box = `TT-${aSerial()}`
  const rows = [
    `${one.id},${aSerial()},2023-04-19,2030-03-15,made,,${box}`,
    `${two.id},${aSerial()},2023-04-19,,made,,${box}`,
    `${three.id},,,,rejected,ảnh mờ,`,
  ]
  const first = await answering(rows)
  assert.deepEqual([first.changed, first.unchanged, first.rejected], [3, 0, 0])
  assert.deepEqual(await Promise.all([one, two, three].map(stateOf)), ['produced', 'produced', 'approved'])
  assert.deepEqual(await Promise.all([one, three].map(({ id }) => whereIs(id))), ['in-box', 'to-be-planned'])
  const { batch: after1 } = await asMaker(work => cards.showBatch(work, batch.id))
  assert.deepEqual([after1.state, after1.made, after1.rejected], ['closed', 2, 1])
  assert.equal(await lastDeed(batch.id), 'batch.closed')
  const again = await answering(rows)
  assert.deepEqual([again.changed, again.unchanged, again.rejected], [0, 3, 0])
  const found = await asWard(work => cards.findBoxByCode(work, box))
  assert.deepEqual([found.state, found.cards, found.toId], ['sent', 2, ward.unitId])
})

test('a chip is told with the card, is in one card alone, and is not told otherwise later', async () => {
  const { waiting } = await sentOut(2)
  const [one, two] = waiting as [cards.Card, cards.Card]
  const [serial, other] = [aSerial(), aSerial()]
  const told = async (...rows: string[]) => {
    const file = ['card,serial,issued_on,expires_on,state,reason,box,chip_id', ...rows].join('\n')
    return (await cards.importProductionResults(house.openWork, centre.maker, Readable.from([file]))).reasons
  }
  assert.deepEqual(await told(`${one.id},${serial},2023-04-19,,made,,,ab-12/3`), { 'chip-malformed': 1 })
  assert.deepEqual(
    await told(`${one.id},${serial},2023-04-19,,made,,,04a1b2c3`, `${two.id},${other},2023-04-19,,made,,,04A1B2C3`),
    { 'chip-used': 1 },
  )
  assert.equal((await asWard(work => cards.cardLife(work, { cardId: one.id }))).card.chipId, '04A1B2C3')
  assert.deepEqual(await told(`${one.id},${serial},2023-04-19,,made,,,04A1B2C3`), {})
  assert.deepEqual(await told(`${one.id},${serial},2023-04-19,,made,,,04FFFFFF`), { 'answered-otherwise': 1 })
  assert.deepEqual(await told(`${one.id},${other},2023-04-19,,made,,,`), { 'answered-otherwise': 1 })
  assert.deepEqual(await told(`${two.id},${other},2023-04-19,,made,,,04A1B2C3`), { 'chip-used': 1 })
})

test('each wrong answer goes to the file of rejected rows with a reason, and right ones are imported', async () => {
  const { waiting } = await sentOut(8)
  const [one, two, three, four, five, six, seven, eight] = waiting.map(({ id }) => id) as [
    Id<'card'>,
    Id<'card'>,
    Id<'card'>,
    Id<'card'>,
    Id<'card'>,
    Id<'card'>,
    Id<'card'>,
    Id<'card'>,
  ]
  const { cardId: unordered } = await aPupilWith('approved')
  const used = (await aPupilWith('produced')).serial
  await asWard(work => cards.cancelCard(work, eight, { code: 'withdrawn' }))
  const serial = aSerial()
  const outcome = await answering([
    `${one},${serial},2023-04-19,,made,,`,
    `${two},${serial},2023-04-19,,made,,`,
    `${three},${used},2023-04-19,,made,,`,
    `${four},,2023-04-19,,made,,`,
    `${five},${aSerial()},2023-04-25,,made,,`,
    `${six},${aSerial()},2023-04-19,,lost,,`,
    `${seven},,,,rejected,,`,
    `${unordered},${aSerial()},2023-04-19,,made,,`,
    `${crypto.randomUUID()},${aSerial()},2023-04-19,,made,,`,
    `${eight},${aSerial()},2023-04-19,,made,,`,
    `x,${aSerial()},2023-04-19,,made,,`,
  ])
  assert.deepEqual(outcome.reasons, {
    'serial-malformed': 1,
    'answer-unknown': 1,
    'fault-missing': 1,
    'key-malformed': 1,
    'serial-used': 2,
    'day-to-come': 1,
    'card-not-ordered': 1,
    'card-unknown': 1,
    'card-cancelled': 1,
  })
  assert.equal(outcome.changed, 1)
  assert.match(await readFile(rejectedTo, 'utf8'), /day-to-come,ngày chưa đến/)
})
