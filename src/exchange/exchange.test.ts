import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anExchangeSide, aPlayedCentre, joinTo } from '../../test/a-centre.ts'
import { anOfficerOf, commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { refusal } from '../../test/planned-ward.ts'
import * as audit from '../audit/audit.ts'
import { consequences } from '../consequences.ts'
import { exchangeKinds } from '../exchange-kinds.ts'
import { newId } from '../platform/ids.ts'
import type { LawRows } from '../platform/law.ts'
import { openLog } from '../platform/log.ts'
import { asSystem, makeOpenWork, type Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { openBundle, sealBundle } from './envelope/bundle.ts'
import { hashOfText, signEnvelope } from './envelope/envelope.ts'
import * as exchange from './exchange.ts'
import { jobs } from './jobs.ts'
import { compareDays, listDays } from './reconciliation/reconciliation.ts'

audit.setConsequences(consequences)
const house = await openHouse({ withUnits: true })
const taker = await anOfficerOf(house, commune.haKhanh)
const checker = await anOfficerOf(house, commune.haKhanh)
/** What was not acknowledged leaves again at once. */
const atOnce: LawRows = new Map([
  ['exchange.send-again-minutes', [{ from: '', value: { first: 0, most: 0 }, source: 'a test' }]],
])
const openWork = makeOpenWork(house.database, {
  beforeCommit: audit.seal,
  businessDay: () => '2023-04-20' as never,
  lawRows: atOnce,
})
const ours = anExchangeSide()
const inbox = exchange.inboxOf(openWork, ours, exchangeKinds)
const take = <T>(verb: (work: Work) => Promise<T>) => openWork(taker, verb)
const check = <T>(verb: (work: Work) => Promise<T>) => openWork(checker, verb)

let named = 0
async function aCollection() {
  named += 1
  return take(work =>
    register.collectPerson(work, {
      given: {
        fullName: `Hoàng Thị Mới ${'ABCDEFGHIKLMNOPQRSTUVXY'[named % 23]}`,
        birthDate: `2008-0${1 + (named % 9)}-1${named % 10}`,
        sex: 'F',
        birthRegistrationCode: '022',
        residenceUnitId: taker.unitId,
        residenceKind: 'permanent',
      },
      papers: 'Giấy khai sinh số 12/2008',
      form: { code: 'DC01', version: 'TT104/2020' },
      compared: 'somebody-else',
    }),
  )
}
const questionOf = async (id: string) =>
  (await house.owner<Record<string, unknown>>('select * from exchange.question where subject_id = $1', [id]))[0]
const numbersOf = (personId: string) =>
  house.owner<{ number: string }>('select number from register.number where person_id = $1', [personId])

const centre = aPlayedCentre()
const foe = aPlayedCentre()

type Told = {
  readonly id?: string
  readonly kind?: string
  readonly from?: string
  readonly to?: string
  readonly v?: number
}
let seqs = 0
/** An answer as the centre signs it, or as somebody else does. */
function anAnswer(re: { id: string; hash: string }, body: object, told: Told = {}, key = centre.sign) {
  seqs += 1
  const envelope = {
    id: newId(),
    kind: 'answer',
    from: centre.card.party,
    to: ours.party,
    seq: seqs,
    prev: null,
    ...told,
  }
  return signEnvelope({ ...envelope, at: new Date(1_682_000_000_000).toISOString(), re, body: { ...body } }, key)
}
const bring = async (lines: readonly string[]) =>
  exchange.bundleFromFile(inbox, await sealBundle(lines, exchange.cardOf(ours.party, ours.keys).open))
/** What left for the centre, opened with its key. */
async function carried() {
  const { text } = await exchange.bundleForFile(openWork, inbox)
  const { lines = [] } = await openBundle(text, centre.open)
  return lines.map(line => {
    const said = JSON.parse(Buffer.from(line.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
    return { hash: hashOfText(line), said, body: said['body'] as Record<string, unknown> }
  })
}
/** A collection that is handed up, and the envelope that asks about it. */
async function handedUp() {
  const { id, personId } = await aCollection()
  const { number, handedUpAt } = await check(work => register.establishNumber(work, id))
  assert.ok(handedUpAt && number === undefined)
  const question = String((await questionOf(id))?.['id'])
  const sent = (await carried()).find(({ said }) => said['id'] === question)
  assert.ok(sent, 'the envelope of the question left')
  const [{ sex, birth_y: year }] = (await house.owner<{ sex: string; birth_y: string }>(
    `select given ->> 'sex' as sex, left(given ->> 'birthDate', 4) as birth_y from register.collection where id = $1`,
    [id],
  )) as [{ sex: string; birth_y: string }]
  assert.deepEqual([sex, year], ['F', '2008'])
  return { id, personId, re: { id: question, hash: sent.hash } }
}
let numbers = 800_000
const aNumber = () => `022308${++numbers}`
const granting = (number: string) => ({ outcome: 'granted', answer: { number } })
const quarantine = () =>
  house.owner<{ reason: string }>(
    'select reason from exchange.quarantined where settled_at is null order by came_at, id',
  )
const reasonsSince = async (before: number) => (await quarantine()).slice(before).map(({ reason }) => reason)
const stateOf = async (id: string) => (await questionOf(id))?.['state']

test('without a centre and without a word of it, a number is given here as before', async () => {
  const { id } = await aCollection()
  assert.match((await check(work => register.establishNumber(work, id))).number ?? '', /^022/)
})

test('a card without https, of ourselves, or of another centre joins nothing', async () => {
  const join = (card: unknown) => house.work(work => exchange.joinCentre(work, ours.party, card))
  const withAddress = (address: string) => ({ ...centre.card, address })
  for (const wrong of [
    withAddress('http://centre.example.vn'),
    withAddress('https://somebody:secret@centre.example.vn'),
    withAddress('file:///etc/passwd'),
    { ...centre.card, party: ours.party },
    { ...centre.card, sign: { ...centre.card.sign, d: centre.sign.d } },
    { ...centre.card, exchange: 2 },
    'card',
  ])
    await refusal(join(wrong), 'centre-card-refused')
  await joinTo(house, ours, centre.card)
  await refusal(join({ ...foe.card, party: 'another' }), 'centre-joined')
})

test('once a centre is joined, a number is handed up and given by its answer, once', async () => {
  const { id, personId, re } = await handedUp()
  assert.deepEqual(await numbersOf(personId), [])
  await refusal(
    check(work => register.establishNumber(work, id)),
    'collection-at-centre',
  )
  await refusal(
    check(work => register.refuseCollection(work, id, { reason: 'không đúng' })),
    'collection-at-centre',
  )
  const number = aNumber()
  const answer = await anAnswer(re, granting(number))
  assert.deepEqual(await bring([answer]), { taken: 1, known: 0, acknowledged: 0, quarantined: 0 })
  assert.deepEqual(await numbersOf(personId), [{ number }])
  assert.equal(await stateOf(id), 'granted')
  const deeds = (await house.work(work => audit.deedsOf(work, re.id))).map(({ deed }) => deed)
  assert.deepEqual(deeds, ['centre.answered', 'centre.asked'])
})

test('the same bundle twice, and an old answer replayed, change nothing', async () => {
  const { id, personId, re } = await handedUp()
  const number = aNumber()
  const answer = await anAnswer(re, granting(number))
  const bundle = await sealBundle([answer, answer], exchange.cardOf(ours.party, ours.keys).open)
  const before = (await quarantine()).length
  assert.deepEqual(await exchange.bundleFromFile(inbox, bundle), {
    taken: 1,
    known: 1,
    acknowledged: 0,
    quarantined: 0,
  })
  const everything = () =>
    house.owner(`select (select count(*) from audit.deed)::integer as deeds,
      (select count(*) from register.number)::integer as numbers,
      (select count(*) from exchange.envelope)::integer as envelopes`)
  const so = await everything()
  assert.deepEqual(await exchange.bundleFromFile(inbox, bundle), {
    taken: 0,
    known: 2,
    acknowledged: 0,
    quarantined: 0,
  })
  assert.deepEqual(await everything(), so)
  assert.deepEqual([await numbersOf(personId), await stateOf(id)], [[{ number }], 'granted'])
  assert.deepEqual(await reasonsSince(before), [])
})

test('a forged, an edited and a foreign answer give nobody a number', async () => {
  const { id, personId, re } = await handedUp()
  const before = (await quarantine()).length
  const genuine = await anAnswer(re, granting(aNumber()))
  const [header = '', payload = '', signature = ''] = genuine.split('.')
  const text = Buffer.from(payload, 'base64url').toString()
  const edited = [header, Buffer.from(text.replace('0223088', '0223087')).toString('base64url'), signature].join('.')
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'dinhdanh-envelope' })).toString('base64url')
  const hs = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'dinhdanh-envelope' })).toString('base64url')
  const lines = [
    edited,
    await anAnswer(re, granting(aNumber()), {}, foe.sign),
    await anAnswer(re, granting(aNumber()), {}, ours.keys.sign),
    [none, payload, ''].join('.'),
    [hs, payload, signature].join('.'),
  ]
  assert.equal((await bring(lines)).quarantined, lines.length)
  assert.deepEqual(
    await reasonsSince(before),
    lines.map(() => 'signature-wrong'),
  )
  assert.deepEqual([await numbersOf(personId), await stateOf(id)], [[], 'sent'])
})

test('an answer to what was never asked, or was asked otherwise, is kept and does nothing', async () => {
  const { personId, re } = await handedUp()
  const before = (await quarantine()).length
  await bring([
    await anAnswer({ id: newId(), hash: re.hash }, granting(aNumber())),
    await anAnswer({ ...re, hash: hashOfText('another question') }, granting(aNumber())),
  ])
  assert.deepEqual(await reasonsSince(before), ['never-asked', 'asked-otherwise'])
  assert.deepEqual(await numbersOf(personId), [])
})

test('an answer for another installation, or from another sender, is kept and does nothing', async () => {
  const { personId, re } = await handedUp()
  const before = (await quarantine()).length
  await bring([
    await anAnswer(re, granting(aNumber()), { to: newId() }),
    await anAnswer(re, granting(aNumber()), { from: 'somebody' }),
  ])
  assert.deepEqual((await reasonsSince(before)).sort(), ['another-receiver', 'another-sender'])
  assert.deepEqual(await numbersOf(personId), [])
})

test('a centre that answers twice differently gives the first number; the second lies in quarantine', async () => {
  const { personId, re } = await handedUp()
  const before = (await quarantine()).length
  const [first, second, id] = [aNumber(), aNumber(), newId()]
  await bring([await anAnswer(re, granting(first), { id }), await anAnswer(re, granting(second))])
  await bring([await anAnswer(re, granting(second), { id })])
  assert.deepEqual(await numbersOf(personId), [{ number: first }])
  assert.deepEqual(await reasonsSince(before), ['answered-before', 'id-used-twice'])
})

test('an answer to one question is no answer to another', async () => {
  const [one, other] = [await handedUp(), await handedUp()]
  const before = (await quarantine()).length
  await bring([await anAnswer({ id: one.re.id, hash: other.re.hash }, granting(aNumber()))])
  assert.deepEqual(await reasonsSince(before), ['asked-otherwise'])
  assert.deepEqual([await numbersOf(one.personId), await numbersOf(other.personId)], [[], []])
})

test('a number that is another’s, or does not fit the person, is given to nobody', async () => {
  const [one, other] = [await handedUp(), await handedUp()]
  const before = (await quarantine()).length
  const number = aNumber()
  await bring([await anAnswer(one.re, granting(number))])
  await bring([
    await anAnswer(other.re, granting(number)),
    await anAnswer(other.re, granting('022208000001')),
    await anAnswer(other.re, granting('022307000001')),
    await anAnswer(other.re, granting('999308000001')),
    await anAnswer(other.re, granting('0223')),
    await anAnswer(other.re, { outcome: 'granted', answer: { number: aNumber(), role: 'admin' } }),
    await anAnswer(other.re, { outcome: 'granted' }),
  ])
  assert.deepEqual(await reasonsSince(before), [
    'number-taken',
    'number-does-not-fit',
    'number-does-not-fit',
    'number-does-not-fit',
    'answer-malformed',
    'answer-malformed',
    'answer-malformed',
  ])
  assert.deepEqual([await numbersOf(other.personId), await stateOf(other.id)], [[], 'sent'])
  // What is right is still taken afterwards.
  assert.equal((await bring([await anAnswer(other.re, granting(aNumber()))])).taken, 1)
})

test('a bundle with a bomb in it is refused before it unfolds, and the next one is taken', async () => {
  const { personId, re } = await handedUp()
  const { open } = exchange.cardOf(ours.party, ours.keys)
  const huge = 'a'.repeat(17 * 2 ** 20)
  const deep = `{"v":1,"body":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  const many = Array.from({ length: 6000 }, () => 'x')
  const zipped = (await sealBundle(['x'], open)).split('.')
  const header = JSON.parse(Buffer.from(zipped[0] ?? '', 'base64url').toString()) as object
  zipped[0] = Buffer.from(JSON.stringify({ ...header, zip: 'DEF' })).toString('base64url')
  const before = (await quarantine()).length
  for (const bomb of [
    huge,
    zipped.join('.'),
    await sealBundle(many, open),
    '',
    '\0',
    '....',
    await sealBundle(['x'], foe.card.open),
  ])
    assert.deepEqual(await exchange.bundleFromFile(inbox, bomb), {
      taken: 0,
      known: 0,
      acknowledged: 0,
      quarantined: 1,
    })
  const payload = Buffer.from(deep).toString('base64url')
  const large = await anAnswer(re, { outcome: 'returned', code: 'x', note: 'n'.repeat(3 * 2 ** 20) })
  await bring([
    `e30.${payload}.e30`,
    large,
    await anAnswer(re, { outcome: 'returned', code: 'x', note: 'n'.repeat(2001) }),
  ])
  assert.deepEqual(await reasonsSince(before), [
    'bundle-too-large',
    'bundle-unreadable',
    'bundle-too-large',
    ...Array.from({ length: 4 }, () => 'bundle-unreadable'),
    'signature-wrong',
    'too-large',
    'answer-malformed',
  ])
  const [{ longest }] = (await house.owner<{ longest: number }>(
    'select max(length(text))::integer as longest from exchange.quarantined_text',
  )) as [{ longest: number }]
  assert.ok(longest < 2 ** 21, `${longest} letters were kept`)
  assert.equal((await bring([await anAnswer(re, granting(aNumber()))])).taken, 1)
  assert.equal((await numbersOf(personId)).length, 1)
})

test('a flood of unsigned lines is counted, and some of it kept', async () => {
  const before = (await quarantine()).length
  const flood = Array.from({ length: 400 }, (_, at) => `forged.${at}.x`)
  assert.equal((await bring(flood)).quarantined, 400)
  assert.equal((await reasonsSince(before)).length, 20)
})

test('an unknown version or kind is kept whole, and taken when it is known', async () => {
  const { personId, re } = await handedUp()
  const before = (await quarantine()).length
  const number = aNumber()
  await bring([
    await anAnswer(re, granting(number), { v: 2 }),
    await anAnswer(re, granting(number), { kind: 'card.order' }),
  ])
  assert.deepEqual(await reasonsSince(before), ['version-unknown', 'kind-unknown'])
  const [kept] = await house.owner<{ id: string; text: string }>(
    `select q.id, t.text from exchange.quarantined q join exchange.quarantined_text t on t.quarantined_id = q.id
     where reason = 'version-unknown'`,
  )
  // A later release knows the version: as if the text had come to it.
  const known = await anAnswer(re, granting(number))
  await house.owner('update exchange.quarantined_text set text = $2 where quarantined_id = $1', [kept?.id, known])
  await check(work => exchange.settleQuarantined(work, kept?.id ?? '', { as: 'again' }))
  await exchange.exchangeOnce(inbox)
  assert.deepEqual(await numbersOf(personId), [{ number }])
  await refusal(
    check(work => exchange.settleQuarantined(work, kept?.id ?? '', { as: 'set-aside', reason: 'đã xử lý xong rồi' })),
    'quarantined-unknown',
  )
})

test('a message is set aside with a reason alone', async () => {
  await bring([await anAnswer({ id: newId(), hash: hashOfText('x') }, granting(aNumber()))])
  const [last] = await house.owner<{ id: string }>(
    'select id from exchange.quarantined where settled_at is null order by came_at desc limit 1',
  )
  const settle = (reason: string) =>
    check(work => exchange.settleQuarantined(work, last?.id ?? '', { as: 'set-aside', reason }))
  await refusal(settle('ok'), 'quarantine-reason-needed')
  await settle('Trung tâm xác nhận gửi nhầm.')
  assert.equal((await house.work(work => audit.lastDeedOn(work, last?.id ?? '')))?.deed, 'envelope.set-aside')
})

test('what the centre returns goes back to who collected it, is mended, and is handed up anew', async () => {
  const { id, personId, re } = await handedUp()
  await bring([await anAnswer(re, { outcome: 'returned', code: 'papers-unclear', note: 'Bản chụp mờ' })])
  assert.equal(await stateOf(id), 'returned')
  const [listed] = (await take(work => register.listCollections(work))).filter(one => one.id === id)
  assert.deepEqual([listed?.returned?.code, listed?.handedUpAt], ['papers-unclear', undefined])
  await refusal(
    check(work => register.establishNumber(work, id)),
    'collection-to-mend',
  )
  await refusal(
    check(work => register.mendCollection(work, id, { papers: 'Bản mới' })),
    'collection-of-another',
  )
  await take(work => register.mendCollection(work, id, { papers: 'Trích lục khai sinh số 7/2023' }))
  await check(work => register.establishNumber(work, id))
  const [, again] = await house.owner<{ id: string }>(
    'select id from exchange.question where subject_id = $1 order by asked_at',
    [id],
  )
  const sent = (await carried()).find(({ said }) => said['id'] === again?.id)
  assert.equal(sent?.body['papers'], 'Trích lục khai sinh số 7/2023')
  // The old question's answer, late and for another outcome, is no answer to the new one.
  const before = (await quarantine()).length
  await bring([await anAnswer(re, granting(aNumber()))])
  assert.deepEqual([await reasonsSince(before), await numbersOf(personId)], [['answered-before'], []])
  const number = aNumber()
  await bring([await anAnswer({ id: again?.id ?? '', hash: sent?.hash ?? '' }, granting(number))])
  assert.deepEqual(await numbersOf(personId), [{ number }])
})

test('what the centre rejects is refused with its reason, and cannot be handed up again', async () => {
  const { id, personId, re } = await handedUp()
  await bring([await anAnswer(re, { outcome: 'rejected', code: 'known-already', note: 'Đã có số định danh' })])
  const [row] = await house.owner<{ state: string; reason: string }>(
    'select state, reason from register.collection where id = $1',
    [id],
  )
  assert.deepEqual(row, { state: 'refused', reason: 'known-already: Đã có số định danh' })
  await refusal(
    check(work => register.establishNumber(work, id)),
    'collection-closed',
  )
  assert.deepEqual(await numbersOf(personId), [])
})

test('an acknowledgement of another text than ours acknowledges nothing', async () => {
  const { id, re } = await handedUp()
  const acknowledging = (hash: string) =>
    anAnswer(re, { of: [{ id: re.id, hash }] }, { kind: 'acknowledgement' }).then(line => bring([line]))
  await acknowledging(hashOfText('another'))
  assert.equal(await stateOf(id), 'sent')
  await acknowledging(re.hash)
  assert.equal(await stateOf(id), 'acknowledged')
  assert.ok(!(await carried()).some(({ said }) => said['id'] === re.id), 'it leaves no more')
})

test('a rule of the day delegates numbers to the installation, or keeps them with the centre', async () => {
  const withRule = (value: string, from = '') =>
    makeOpenWork(house.database, {
      beforeCommit: audit.seal,
      businessDay: () => '2023-04-20' as never,
      lawRows: new Map([['exchange.delegated-numbers', [{ from: from as never, value, source: 'văn bản của C06' }]]]),
    })
  const decided = (open: ReturnType<typeof withRule>) =>
    open(asSystem('test'), work => exchange.isDecidedHere(work, 'numbers'))
  assert.equal(await decided(withRule('delegated')), true)
  assert.equal(await decided(withRule('delegated', '2023-04-21')), false, 'from tomorrow on')
  const { id } = await aCollection()
  const { number } = await withRule('delegated')(checker, work => register.establishNumber(work, id))
  assert.match(number ?? '', /^022/)
  await house.work(work => exchange.leaveCentre(work, ours.party))
  assert.equal(await decided(withRule('centre')), false, 'without a centre it waits')
  assert.equal(await decided(withRule('unsaid')), true)
  await joinTo(house, ours, centre.card)
})

test('the day’s comparison sends again what the centre has not, and tells what differs', async () => {
  const { re } = await handedUp()
  await anAnswer(re, { of: [re] }, { kind: 'acknowledgement' }).then(line => bring([line]))
  const tomorrow = makeOpenWork(house.database, {
    beforeCommit: audit.seal,
    businessDay: () => new Date(Date.now() + 31 * 3600_000).toISOString().slice(0, 10) as never,
  })
  const days = await tomorrow(asSystem('test'), work => compareDays(work, ours))
  const listed = (await carried()).find(({ said }) => said['kind'] === 'day')
  assert.equal(listed?.body['day'], days.at(-1))
  const sent = listed?.body['sent'] as { id: string }[] | undefined
  assert.ok(sent?.some(one => one.id === re.id))
  const of = { id: String(listed?.said['id']), hash: listed?.hash ?? '' }
  const body = { day: days.at(-1), missing: [re.id], differs: [], unseen: [] }
  await bring([await anAnswer(of, body, { kind: 'day.answer' })])
  assert.ok(
    (await carried()).some(({ said }) => said['id'] === re.id),
    'it left again',
  )
  const [day] = await house.work(work => listDays(work, 1))
  assert.deepEqual([day?.missing, day?.differing, day?.notReceived], [1, 0, 0])
})

test('a look-up keeps what may be compared alone, and both readings stand in the trail', async () => {
  const asked = {
    number: '031207000101',
    fullName: 'Phạm Thu Hà',
    birthDate: '2007-04-11',
    purpose: 'pupil-of-school-here',
    basis: 'Điều 10 Luật Căn cước; hồ sơ đối soát trường 22001',
  } as const
  const unknownHere = async () => false
  await refusal(
    take(work => exchange.askLookUp(work, { ...asked, basis: 'cần' }, unknownHere)),
    'look-up-basis-needed',
  )
  await refusal(
    take(work => exchange.askLookUp(work, asked, async () => true)),
    'look-up-of-our-own',
  )
  const id = await take(work => exchange.askLookUp(work, asked, unknownHere))
  const sent = (await carried()).find(({ said }) => said['id'] === id)
  const re = { id, hash: sent?.hash ?? '' }
  const compared = { found: true, fullName: 'Phạm Thu Hà', birthDate: '2007-04-11', sex: 'M', lastDigits: '01' }
  const before = (await quarantine()).length
  await bring([
    await anAnswer(re, { outcome: 'granted', answer: { ...compared, number: asked.number } }),
    await anAnswer(re, { outcome: 'granted', answer: { ...compared, lastDigits: '99' } }),
    await anAnswer(re, { outcome: 'granted', answer: compared }),
  ])
  assert.deepEqual(await reasonsSince(before), ['answer-malformed', 'answer-of-another-person'])
  const [read] = await take(exchange.readLookUps)
  assert.deepEqual(read?.answer, compared)
  const stranger = await anOfficerOf(house, commune.quangHanh)
  assert.deepEqual(await openWork(stranger, exchange.readLookUps), [], 'another ward does not see it')
  const readings = await house.owner<{ purpose: string; fields: string }>(
    'select purpose, fields, case_id from audit.access where person_id = $1',
    [read?.personId],
  )
  assert.equal(readings.length, 2)
})

test('an envelope of a clock that was ahead leaves at once after it was set back, another at its time', async () => {
  const { id } = await aCollection()
  await check(work => register.establishNumber(work, id))
  const own = `direction = 'out' and acknowledged_at is null`
  await house.owner(`update exchange.envelope set next_at = now() + interval '1 hour', sent_at = now() where ${own}`)
  const job = jobs(openWork, () => ours, exchangeKinds)['bring-back-envelopes']
  const bringBack = async () => {
    await job?.({}, { attempt: 1, log: openLog('silent') })
    const [row] = await house.owner<{ due: number }>(
      `select count(*) filter (where next_at <= now())::integer as due from exchange.envelope where ${own}`,
    )
    return row?.due ?? 0
  }
  assert.equal(await bringBack(), 0)
  await house.owner(`update exchange.envelope set sent_at = now() + interval '4 minutes'
    where id = (select id from exchange.envelope where ${own} limit 1)`)
  assert.equal(await bringBack(), 1)
})
