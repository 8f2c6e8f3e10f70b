import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { orderCard } from '../../test/a-card.ts'
import { aCardCentre } from '../../test/a-card-centre.ts'
import { anExchangeSide, aPlayedCentre, joinTo, startCentre } from '../../test/a-centre.ts'
import { openHouse } from '../../test/house.ts'
import { refusal } from '../../test/planned-ward.ts'
import * as audit from '../audit/audit.ts'
import * as cards from '../cards/cards.ts'
import { consequences } from '../consequences.ts'
import { exchangeKinds } from '../exchange-kinds.ts'
import { now } from '../platform/clock.ts'
import { asDay } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import type { LawRows } from '../platform/law.ts'
import { asSystem, makeOpenWork } from '../platform/work.ts'
import { openBundle, sealBundle } from './envelope/bundle.ts'
import { hashOfText, signEnvelope } from './envelope/envelope.ts'
import * as exchange from './exchange.ts'
import { compareDays } from './reconciliation/reconciliation.ts'

/** Batches of cards over the exchange: the reference centre makes them, and errs; a played one attacks. */

audit.setConsequences(consequences)
const house = await openHouse({ withUnits: true })
const { ward, maker, aPupil } = await aCardCentre(house)
const atOnce: LawRows = new Map([
  ['exchange.send-again-minutes', [{ from: '', value: { first: 0, most: 0 }, source: 'a test' }]],
  ['exchange.report-asked-after-hours', [{ from: '', value: 0, source: 'a test' }]],
])
const openOn = (day: string) =>
  makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day), lawRows: atOnce })
const openWork = openOn('2023-04-20')
const ours = anExchangeSide()
const inbox = exchange.inboxOf(openWork, ours, exchangeKinds)

const jpeg = (bytes: number) => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(bytes)])

async function aBatch(count: number, portraitBytes = 4000) {
  const ids: cards.CardId[] = []
  for (let at = 0; at < count; at++) {
    const personId = await aPupil()
    const { id } = await openWork(ward, async work =>
      orderCard(work, await cards.applyForCard(work, personId, { unitId: ward.unitId }), ward.unitId, {
        portrait: jpeg(portraitBytes),
        signature: Buffer.from('89504e470d0a1a0a00', 'hex'),
        fingers: [{ finger: 'Left IndexFinger', type: 'image/png', image: randomBytes(900) }],
      }),
    )
    ids.push(id)
  }
  return { ids, batch: await plan() }
}
const plan = () => openWork(maker, work => cards.planBatch(work, { maker: 'centre', most: 100 }))
const handUp = (id: string) => openWork(maker, work => cards.handUpBatch(work, id))

type Row = {
  readonly id: cards.CardId
  readonly state: string
  readonly serial: string | null
  readonly chip_id: string | null
  readonly expires_on: string | null
}
const cardsOf = (ids: readonly string[]) =>
  house.owner<Row>(
    'select id, state, serial, chip_id, expires_on::text from cards.card where id = any ($1) order by id',
    [ids],
  )
const linesOf = (batchId: string) =>
  house.owner<{ card_id: string; state: string; reason: string | null }>(
    'select card_id, state, reason from cards.batch_card where batch_id = $1',
    [batchId],
  )
const stateOfQuestion = async (batchId: string) =>
  (
    await house.owner<{ state: string }>(
      'select state from exchange.question where subject_id = $1 order by asked_at desc',
      [batchId],
    )
  )[0]?.state

test('without a centre, of a batch made here, or once a file went out nothing is handed up', async () => {
  const { batch } = await aBatch(1)
  await refusal(handUp(batch.id), 'centre-not-joined')
  await refusal(handUp(crypto.randomUUID()), 'batch-unknown')
  const { batch: other } = await aBatch(1)
  const { PassThrough } = await import('node:stream')
  await openWork(maker, work => cards.writeOrderFile(work, other.id, new PassThrough().resume()))
  await refusal(handUp(other.id), 'batch-went-out-as-file')
  await aBatch(1).then(({ ids: [id] }) => openWork(maker, work => cards.takeOutOfBatch(work, id!, { reason: 'thử' })))
  const here = await openWork(maker, work => cards.planBatch(work, { maker: 'house', most: 1 }))
  await refusal(handUp(here.id), 'batch-not-for-centre')
  for (const { id } of [batch, other, here])
    for (const { card_id: card } of await linesOf(id))
      await openWork(ward, work => cards.cancelCard(work, card as cards.CardId, { code: 'withdrawn' }))
})

test('a centre rejects, loses answers and repeats: each card is made once, or rejected with a reason', async t => {
  const errors =
    'reject:0.3,lose:0.15,lose-answer:0.15,repeat:0.3,reorder:0.2,partial:0.5,lose-report:0.3,' +
    'foreign:0.5,stray:0.5,elsewhere:0.5,differ:0.5'
  const centre = await startCentre(ours, ['--err', 'forget:0.4,lose:0.3,lose-answer:0.3', '--seed', '3'])
  await joinTo(house, ours, centre.card)
  const { ids, batch } = await aBatch(6)
  const { ids: large, batch: largeBatch } = await aBatch(1, 1_200_000)
  for (const { id } of [batch, largeBatch]) await handUp(id)
  await refusal(handUp(batch.id), 'batch-handed-up')
  const compare = () =>
    openOn(new Date(now().getTime() + 31 * 3600_000).toISOString().slice(0, 10))(asSystem('test'), work =>
      compareDays(work, ours),
    )
  for (let turns = 0; turns < 3; turns++) await exchange.exchangeOnce(inbox)
  // What it has forgotten by now the day's comparison finds, while it errs otherwise.
  await joinTo(house, ours, await centre.restart(['--err', errors, '--delay', '2', '--seed', '5']))
  await compare()
  for (let turns = 0; turns < 12; turns++) await exchange.exchangeOnce(inbox)

  // From here on it errs no more: what it has not said it is asked for.
  await joinTo(house, ours, await centre.restart([]))
  const isOpen = async () =>
    !(await Promise.all([batch, largeBatch].map(({ id }) => stateOfQuestion(id)))).every(state => state === 'granted')
  for (let turns = 0; turns < 10 && (await isOpen()); turns++) {
    await exchange.exchangeOnce(inbox)
  }
  assert.equal(await isOpen(), false, 'both batches are reported on to the end')

  const all = await cardsOf([...ids, ...large])
  const made = all.filter(({ state }) => state === 'produced')
  const lines = [...(await linesOf(batch.id)), ...(await linesOf(largeBatch.id))]
  const rejected = lines.filter(({ state }) => state === 'rejected')
  assert.ok(made.length > 0 && rejected.length > 0)
  assert.equal(made.length + rejected.length, 7)
  for (const { serial, chip_id: chip } of made) assert.match(`${serial} ${chip}`, /^TT\d{8}X? [0-9A-F]{20}$/)
  assert.equal(new Set(made.map(({ chip_id: chip }) => chip)).size, made.length)
  for (const { reason } of rejected) assert.match(reason ?? '', /^Ảnh chân dung không dùng được \(portrait-unusable\)/)
  const passed = await house.owner<{ card_id: string }>(
    `select card_id from cards.production where quality = 'passed' and card_id = any ($1)`,
    [all.map(({ id }) => id)],
  )
  assert.deepEqual(passed.map(one => one.card_id).sort(), made.map(({ id }) => id as string).sort())
  const kept = await house.owner(
    `select from exchange.envelope_text t join exchange.envelope e on e.id = t.envelope_id
      where e.kind = 'card.order-piece' union all select from exchange.piece`,
  )
  assert.equal(kept.length, 0, 'no picture stays in the channel')

  const quarantined = await house.owner<{ reason: string }>('select distinct reason from exchange.quarantined')
  t.diagnostic(JSON.stringify(quarantined))
  const known = ['another-receiver', 'answered-otherwise', 'never-asked', 'signature-wrong']
  assert.deepEqual(quarantined.map(({ reason }) => reason).sort(), known)

  const again = await plan()
  assert.equal(again.cards, rejected.length)
  await handUp(again.id)
  for (let turns = 0; turns < 4 && (await stateOfQuestion(again.id)) !== 'granted'; turns++)
    await exchange.exchangeOnce(inbox)
  const after = await cardsOf(rejected.map(({ card_id: card }) => card))
  assert.ok(after.every(({ state }) => state === 'produced'))
  await centre.stop()
})

const foe = aPlayedCentre()
const played = aPlayedCentre()
type Told = Partial<{ id: string; from: string; to: string; kind: string }>
let seqs = 0
const signed = (re: { id: string; hash: string }, body: object, told: Told = {}, key = played.sign) =>
  signEnvelope(
    {
      id: newId(),
      kind: 'card.production-report',
      from: played.card.party,
      to: ours.party,
      seq: ++seqs,
      prev: null,
      ...told,
      at: new Date(1_682_000_000_000).toISOString(),
      re,
      body: { ...body },
    },
    key,
  )
const bring = async (line: string) =>
  exchange.bundleFromFile(inbox, await sealBundle([line], exchange.cardOf(ours.party, ours.keys).open))

type Carried = { readonly hash: string; readonly said: Record<string, unknown>; readonly body: Record<string, unknown> }
/** What leaves for the played centre, opened with its key. */
async function carried(): Promise<Carried[]> {
  const { text } = await exchange.bundleForFile(openWork, inbox)
  const { lines = [] } = await openBundle(text, played.open)
  return lines.map(line => {
    const said = JSON.parse(Buffer.from(line.split('.')[1] ?? '', 'base64url').toString())
    return { hash: hashOfText(line), said, body: said.body }
  })
}
async function handedUp(count: number) {
  const { ids, batch } = await aBatch(count)
  await handUp(batch.id)
  const sent = await carried()
  const list = sent.find(({ said, body }) => said['kind'] === 'card.order' && body['batch'] === batch.id)
  assert.ok(list)
  return { ids, batch, sent, list, re: { id: String(list.said['id']), hash: list.hash } }
}
let serials = 0
const made = (card: string, more: object = {}) => ({
  card,
  state: 'made',
  serial: `PL${++serials}`,
  chipId: `CHIP-${serials}`,
  issuedOn: '2023-04-20',
  expiresOn: '2030-03-15',
  ...more,
})
const reasons = () =>
  house.owner<{ reason: string; id: string }>('select reason, id from exchange.quarantined order by came_at, id')
/** Why one report more lies in quarantine. */
async function quarantinedFor(line: string): Promise<string | undefined> {
  const before = (await reasons()).length
  await bring(line)
  return (await reasons())[before]?.reason
}

test('an order says kind, zone, term, day of issue, what is printed, and each picture with its hash', async () => {
  await openWork(asSystem('test'), work => exchange.leaveCentre(work, ours.party))
  await joinTo(house, ours, played.card)
  const { ids, batch, sent, list } = await handedUp(2)
  const pieces = sent.filter(
    ({ said, body }) => said['kind'] === 'card.order-piece' && body['order'] === list.said['id'],
  )
  assert.deepEqual(list.body, {
    batch: batch.id,
    code: batch.code,
    issuedOn: '2023-04-20',
    cards: pieces.map(({ body }) => body['card']),
    pieces: pieces.map(({ said, hash }) => ({ id: said['id'], hash })),
  })
  assert.deepEqual(pieces.map(({ body }) => body['card']).sort(), [...ids].sort())
  const { data, files, piece, of } = pieces[0]!.body as {
    data: Record<string, unknown> & { files: { name: string; sha256: string; bytes: number }[] }
    files: { name: string; from: number; content: string }[]
    piece: number
    of: number
  }
  assert.deepEqual(
    [piece, of, data['kind'], data['issuedOn'], data['expiresOn']],
    [1, 1, 'cccd', '2023-04-20', '2030-03-15'],
  )
  assert.deepEqual(
    (data['mrz'] as string[]).map(line => line.length),
    [30, 30, 30],
  )
  assert.equal((data['content'] as Record<string, unknown>)['fullName'], 'Nguyễn Văn An')
  assert.deepEqual(
    data.files.map(({ name }) => name),
    ['portrait', 'signature', 'finger-left-indexfinger'],
  )
  for (const { name, sha256 } of data.files) {
    const content = files.find(file => file.name === name)?.content ?? ''
    assert.equal(hashOfText(Buffer.from(content, 'base64') as never), sha256)
  }
})

test('a report by somebody else, on no order, or of another batch’s card moves no card', async () => {
  const [{ ids, re }, other] = [await handedUp(1), await handedUp(1)]
  const [card] = ids as [cards.CardId]
  const body = { cards: [made(card)] }
  assert.equal(await quarantinedFor(await signed(re, body, {}, foe.sign)), 'signature-wrong')
  assert.equal(await quarantinedFor(await signed(re, body, { to: 'another-house' })), 'another-receiver')
  assert.equal(await quarantinedFor(await signed({ id: newId(), hash: re.hash }, body)), 'never-asked')
  assert.equal(await quarantinedFor(await signed({ ...re, hash: other.re.hash }, body)), 'asked-otherwise')
  assert.equal(await quarantinedFor(await signed(other.re, body)), 'card-not-ordered')
  assert.equal(await quarantinedFor(await signed(re, { cards: [made(crypto.randomUUID())] })), 'card-unknown')
  assert.equal((await cardsOf(ids))[0]?.state, 'approved')
})

test('a report that is too long, or not of its shape, is refused whole', async () => {
  const { ids, re } = await handedUp(1)
  const [card] = ids as [cards.CardId]
  const wrong = [
    { cards: Array.from({ length: 5001 }, () => made(card)) },
    { cards: [] },
    { cards: [{ ...made(card), holder: 'Nguyễn Văn An' }] },
    { cards: [{ card, state: 'lost' }] },
    { cards: [{ card, state: 'made' }] },
  ]
  for (const body of wrong) assert.equal(await quarantinedFor(await signed(re, body)), 'answer-malformed')
  assert.equal((await cardsOf(ids))[0]?.state, 'approved')
})

test('what of a report cannot be used is told with the card, and all else of it counts', async () => {
  const { ids, re, batch } = await handedUp(6)
  const [good, bad, late, short, odd, same] = ids as readonly string[] as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const first = made(good)
  const line = await signed(re, {
    cards: [
      first,
      { card: bad, state: 'rejected', code: 'bad-luck' },
      made(late, { issuedOn: '2023-04-21' }),
      made(short, { expiresOn: '2033-03-15' }),
      made(odd, { chipId: '../chip' }),
      made(same, { serial: first.serial }),
    ],
  })
  assert.equal(await quarantinedFor(line), 'fault-unknown')
  const deed = await house.owner<{ facts: { about: { id: string; reason: string }[] } }>(
    `select facts from audit.deed where deed = 'envelope.quarantined' order by at desc limit 1`,
  )
  const told = new Map(deed[0]?.facts.about.map(({ id, reason }) => [id, reason]))
  assert.deepEqual(
    [bad, late, short, odd, same].map(id => told.get(id)),
    ['fault-unknown', 'day-of-issue-differs', 'term-differs', 'chip-malformed', 'serial-used'],
  )
  assert.equal((await linesOf(batch.id)).filter(({ state }) => state === 'waiting').length, 5)
  const [card] = await cardsOf([good])
  assert.deepEqual(
    [card?.state, card?.serial, card?.chip_id, card?.expires_on],
    ['produced', first.serial, first.chipId, '2030-03-15'],
  )
})

test('a report that says otherwise than a former one changes nothing, and the same again neither', async () => {
  const { ids, re, batch } = await handedUp(2)
  const [one, two] = ids as readonly string[] as [string, string]
  const [first, second] = [made(one), { card: two, state: 'rejected', code: 'other', note: 'thiếu phôi' }]
  const line = await signed(re, { cards: [first, second] })
  assert.equal((await bring(line)).taken, 1)
  assert.equal(await stateOfQuestion(batch.id), 'granted')
  assert.deepEqual(await bring(line), { taken: 0, known: 1, acknowledged: 0, quarantined: 0 })
  assert.equal((await bring(await signed(re, { cards: [first, second] }))).taken, 1)
  for (const other of [
    { ...first, serial: 'PL-OTHER' },
    { ...first, chipId: 'CHIP-OTHER' },
    { card: one, state: 'rejected', code: 'made-badly' },
    made(two),
    { ...second, note: 'khác' },
  ])
    assert.equal(await quarantinedFor(await signed(re, { cards: [other] })), 'answered-otherwise')
  const [kept] = await cardsOf([one])
  assert.deepEqual([kept?.serial, kept?.chip_id], [first.serial, first.chipId])
  const attempts = await house.owner('select from cards.production where card_id = any ($1)', [ids])
  assert.equal(attempts.length, 2)

  const third = await handedUp(1)
  const stolen = { ...made(third.ids[0]!), chipId: first.chipId }
  assert.equal(await quarantinedFor(await signed(third.re, { cards: [stolen] })), 'chip-used')
})

test('a batch that is silent is asked about, and an order that is turned back is planned anew', async () => {
  const { ids, re, batch } = await handedUp(1)
  await bring(await signed(re, { of: [re] }, { kind: 'acknowledgement', id: newId() }))
  const asked = (await carried()).filter(
    ({ said, body }) => said['kind'] === 'card.report-query' && body['order'] === re.id,
  )
  assert.equal(asked.length, 1)
  await bring(await signed(re, { outcome: 'returned', code: 'batch-unclear', note: 'gửi lại' }, { kind: 'answer' }))
  assert.deepEqual(await linesOf(batch.id), [{ card_id: ids[0], state: 'rejected', reason: 'batch-unclear: gửi lại' }])
  assert.equal((await cardsOf(ids))[0]?.state, 'approved')
  const texts = `
    select from exchange.envelope_text t join exchange.envelope e on e.id = t.envelope_id where e.re_id = $1`
  assert.equal((await house.owner(texts, [re.id])).length, 0)
  assert.equal(await quarantinedFor(await signed(re, { cards: [made(ids[0]!)] })), 'answered-before')
})
