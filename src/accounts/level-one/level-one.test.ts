import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { aCard } from '../../../test/a-card.ts'
import { anOfficerInPost } from '../../../test/an-officer.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { scene } from '../../../test/face-images.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { endUndoTime } from '../../../test/undo-time.ts'
import * as audit from '../../audit/audit.ts'
import { openFaceEngine } from '../../biometrics/face-engine/face-engine.ts'
import { importCentreKey, type Jwk } from '../../enrolment/seal-packet.ts'
import { asDay } from '../../platform/day.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import type { Id } from '../../platform/ids.ts'
import { openLog } from '../../platform/log.ts'
import { mayDo, type Role } from '../../staff/role.ts'
import * as accounts from '../accounts.ts'
import { levelOnePicture } from '../law.ts'
import { routes } from '../routes.ts'
import { comparePortrait } from './compare-portrait.ts'
import { processLeftRequests, processRequest, requestLevelOne } from './level-one.ts'
import { readPortrait } from './picture.ts'
import { seal, unseal } from './seal.ts'

const house = await openHouse({ withUnits: true })
const ward = await anOfficerOf(house, commune.haKhanh)
const approver = await anOfficerInPost(house, 'data-approver', commune.haKhanh)

const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
const jwk = (await crypto.subtle.exportKey('jwk', pair.privateKey)) as Jwk
const keys = {
  centre: { kty: 'EC', crv: 'P-256', x: jwk.x ?? '', y: jwk.y ?? '' },
  opening: [await importCentreKey(jwk)],
}
const { privateKey: secret } = generateKeyPairSync('ed25519')

const origin = 'http://localhost:8080'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false, perMinute: 10_000 })
const people: Readonly<Record<string, { role: Role; standing: typeof ward }>> = {
  ward: { role: 'ward-officer', standing: ward },
  approver: { role: 'data-approver', standing: approver },
}
const openWork = openRequests(house.openWork, async request => {
  const who = people[String(request.headers['x-who'])]
  return (
    who && {
      by: who.standing.by,
      authority: (right, purpose) => (mayDo(who.role, right) ? { ...who.standing, purpose } : undefined),
    }
  )
})
routes(
  { app, openWork, origin },
  { openWork: house.openWork, keys: async () => keys, secret: () => secret, isDemonstration: () => true },
)

/** A picture that is no plain ground: noise over a gradient, as far as a decoder can tell. */
const aPicture = (width = 600, height = 800, format: 'jpeg' | 'png' = 'jpeg') =>
  sharp({
    create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  })
    .toFormat(format)
    .toBuffer()
const picture = await aPicture()

let addresses = 0
let phones = 0
const aPhone = () => {
  phones += 1
  return `0977${String(phones).padStart(6, '0')}`
}
async function send(
  number: string,
  phone: string,
  sent: Buffer = picture,
  more: Readonly<Record<string, string>> = {},
) {
  addresses += 1
  const field = (name: string, value: string) =>
    `--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const payload = Buffer.concat([
    Buffer.from(
      `${field('number', number)}${field('phone', phone)}--xx\r\nContent-Disposition: form-data; ` +
        `name="picture"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`,
    ),
    sent,
    Buffer.from('\r\n--xx--\r\n'),
  ])
  const headers = { 'content-type': 'multipart/form-data; boundary=xx', accept: 'text/html', ...more }
  const reply = await app.inject({
    method: 'POST',
    url: '/account/request',
    headers,
    payload,
    remoteAddress: `10.0.0.${addresses % 250}`,
  })
  return { status: reply.statusCode, page: reply.body }
}
const waiting = async () =>
  (await house.owner<{ id: string }>('select id from accounts.asking order by id')).map(({ id }) => id)
const takeAll = async () => {
  for (const id of await waiting()) await processRequest(house.openWork, keys, id)
}
async function aHolder(given: Parameters<typeof aPerson>[0] = {}) {
  const row = aPerson(given)
  const person = await enter(house, row)
  await aCard({ openWork: house.openWork, standing: ward }, person, 'handed-over')
  return { person, number: row.person_number }
}
const accountsOf = async (person: Id<'person'>) =>
  (await house.work(work => accounts.accountsOf(work, [person]))).get(person) ?? []

test('number, phone and portrait sent without script become a level 1 request at the home unit', async () => {
  assert.match((await app.inject({ url: '/account/request' })).body, /enctype="multipart\/form-data"/)
  const { person, number } = await aHolder()
  const phone = aPhone()
  const { status, page } = await send(number, phone)
  assert.equal(status, 200)
  assert.match(page, /Đã nhận yêu cầu/)
  assert.doesNotMatch(page, new RegExp(number))
  await takeAll()
  const [account] = await accountsOf(person)
  assert.deepEqual([account?.level, account?.state], [1, 'requested'])
  const [row] = await house.owner<Record<string, unknown>>('select * from accounts.account where id = $1', [
    account?.id,
  ])
  assert.deepEqual(
    [row?.['asked_via'], row?.['phone'], row?.['due_on'], row?.['unit_id']],
    ['self', `+84${phone.slice(1)}`, '2023-04-21', ward.unitId],
  )
  assert.deepEqual(await waiting(), [])
})

test('an unknown, too young, cardless or already registered person gets the same page as an accepted one', async () => {
  const accepted = await aHolder()
  const child = aPerson({ bornOn: '2010-05-05' })
  const bare = aPerson()
  await enter(house, child)
  await enter(house, bare)
  const taken = await aHolder()
  await house.as(ward, work => accounts.request(work, taken.person, { level: 2 }))
  const numbers = [accepted.number, '022205987654', child.person_number, bare.person_number, taken.number]
  const answers = []
  for (const number of numbers) answers.push(await send(number, aPhone()))
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  await takeAll()
  const deeds = await house.owner<{ facts: { why: string } }>(
    "select facts from audit.deed where deed = 'level-one.not-taken' order by facts->>'why'",
  )
  assert.deepEqual(
    deeds.map(({ facts }) => facts.why),
    ['account-card-not-in-hand', 'account-exists', 'account-too-young', 'number-unknown'],
  )
  const [messages] = await house.owner<{ n: number }>(
    "select count(*) as n from outreach.message where about_kind = 'asking'",
  )
  assert.equal(Number(messages?.n), 0, 'a phone that nobody knows as theirs hears nothing')
})

test('the reason for a refusal goes to the phone in the register', async () => {
  const row = aPerson({ phone: '0988000111' })
  await enter(house, row)
  await send(row.person_number, '0988 000 111')
  await takeAll()
  const [message] = await house.owner<{ address: string; body: string }>(
    "select address, body from outreach.message where about_kind = 'asking'",
  )
  assert.equal(message?.address, '+84988000111')
  assert.match(message?.body ?? '', /co the can cuoc con hieu luc/)
})

test('a form error is shown before any lookup, and keeps what was typed', async () => {
  const wrong: readonly (readonly [string, string, Buffer, RegExp])[] = [
    ['123', '0912345678', picture, /phải đủ 12 chữ số/],
    ['022205000001', '0212345', picture, /Số di động gồm 10 chữ số/],
    ['022205000001', '0912345678', Buffer.alloc(0), /Chưa chọn ảnh/],
    ['022205000001', '0912345678', Buffer.from('MZ not a picture at all, whatever it is called'), /không phải ảnh/],
    ['022205000001', '0912345678', picture.subarray(0, 2000), /không phải ảnh/],
    ['022205000001', '0912345678', await aPicture(200, 300), /quá nhỏ/],
    ['022205000001', '0912345678', await aPicture(400, 1400), /quá dài/],
    ['022205000001', '0912345678', Buffer.alloc(levelOnePicture.largestBytes + 1, 1), /quá 5 MB/],
  ]
  for (const [number, phone, sent, says] of wrong) {
    const { status, page } = await send(number, phone, sent)
    assert.equal(status, 400)
    assert.match(page, says)
    assert.match(page, new RegExp(`value="${number}"`))
  }
  assert.equal((await send('022205000001', '0912345678', picture, { 'sec-fetch-site': 'cross-site' })).status, 400)
  assert.deepEqual(await waiting(), [])
})

test('a blank picture is refused, a portrait’s camera data are removed, and PNG is accepted', async () => {
  const plain = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#abc' } })
    .jpeg()
    .toBuffer()
  assert.equal(await readPortrait(plain), 'picture-blank')
  const told = await sharp(picture)
    .withExif({ IFD0: { Copyright: 'SECRET-PLACE' } })
    .jpeg()
    .toBuffer()
  assert.ok(told.includes('SECRET-PLACE'))
  const read = await readPortrait(told)
  assert.ok(typeof read === 'object' && !read.jpeg.includes('SECRET-PLACE'))
  const [png, large] = [
    await readPortrait(await aPicture(400, 500, 'png')),
    await readPortrait(await aPicture(1800, 2400)),
  ]
  assert.ok(typeof png === 'object' && typeof large === 'object')
  assert.deepEqual([png.width, large.width, large.height], [400, 1200, 1600])
})

test('one number and one phone are accepted three times a day, known or unknown', async () => {
  const answers = []
  for (let i = 0; i < 4; i += 1) answers.push((await send('022205777777', aPhone())).status)
  assert.deepEqual(answers, [200, 200, 200, 429])
  const phone = aPhone()
  const again = []
  for (let i = 0; i < 4; i += 1) again.push((await send(`02220566666${i}`, phone)).status)
  assert.deepEqual(again, [200, 200, 200, 429])
  await takeAll()
})

test('waiting and stored requests need the centre’s key, and one moved to another row does not open', async () => {
  const { person, number } = await aHolder()
  const phone = aPhone()
  await send(number, phone)
  const [asking] = await house.owner<{ id: string; sealed: Buffer }>('select id, sealed from accounts.asking')
  assert.ok(asking && !asking.sealed.includes(number) && !asking.sealed.includes(picture.subarray(0, 16)))
  const counted = await house.owner<{ key: Buffer }>('select key from accounts.asking_count')
  assert.ok(counted.every(({ key }) => key.length === 32))
  const [job] = await house.owner<{ payload: object }>(
    `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'take-up-level-one' order by j.id desc limit 1`,
  )
  assert.deepEqual(job?.payload, { id: asking?.id })
  await takeAll()
  const [account] = await accountsOf(person)
  const [kept] = await house.owner<{ sealed: Buffer }>('select sealed from accounts.portrait where account_id = $1', [
    account?.id,
  ])
  assert.ok(kept)
  const opened = await unseal(kept.sealed, account?.id ?? '', keys)
  assert.deepEqual(
    [opened.subarray(0, 2).toString('hex'), kept.sealed.includes(opened.subarray(0, 16))],
    ['ffd8', false],
  )
  await assert.rejects(unseal(kept.sealed, person, keys))
  const changed = Buffer.from(kept.sealed)
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  await assert.rejects(unseal(changed, account?.id ?? '', keys))
  await assert.rejects(unseal(await seal(picture, 'x', keys), 'x', { opening: [] }))
})

test('a request whose job was lost is processed later, exactly once', async () => {
  const { person, number } = await aHolder()
  await send(number, aPhone())
  await processLeftRequests(house.openWork, keys)
  assert.equal((await accountsOf(person)).length, 0, 'it may still have its job')
  await house.owner("update accounts.asking set at = at - interval '10 minutes'")
  const [id = ''] = await waiting()
  await processLeftRequests(house.openWork, keys)
  await processRequest(house.openWork, keys, id)
  assert.equal((await accountsOf(person)).length, 1)
})

test('an officer compares the two portraits and approves one by one; each reading is recorded', async () => {
  const { person, number } = await aHolder()
  await send(number, aPhone())
  await takeAll()
  const id = (await accountsOf(person))[0]?.id ?? assert.fail('no account')
  const get = (who: string, url: string) => app.inject({ url: `/api${url}`, headers: { 'x-who': who } })
  const post = (who: string, url: string, payload: object) =>
    app.inject({ method: 'POST', url: `/api${url}`, headers: { 'x-who': who }, payload })

  const shown = (await get('approver', `/accounts/${id}`)).json()
  assert.deepEqual([shown.via, shown.cardPortrait, shown.portrait.width, shown.phone.length], ['self', true, 600, 3])
  assert.equal((await get('ward', `/accounts/${id}/portraits/sent`)).statusCode, 403)
  for (const which of ['sent', 'card']) {
    const reply = await get('approver', `/accounts/${id}/portraits/${which}`)
    assert.deepEqual([reply.statusCode, reply.rawPayload.subarray(0, 2).toString('hex')], [200, 'ffd8'])
  }
  const looks = (await house.work(work => audit.readersOf(work, person, new Date(0)))).filter(
    ({ fields }) => fields === 'portrait',
  )
  assert.equal(looks.length, 2)

  const bulk = (await post('approver', '/accounts/approve', { ids: [id] })).json()
  assert.equal(bulk.decided[0].code, 'account-portrait-to-compare')
  await refusal(
    house.as(approver, work => accounts.approve(work, id)),
    'account-portrait-to-compare',
  )
  assert.ok((await post('approver', `/accounts/${id}/approve`, { compared: true })).json().held)
  await endUndoTime(house, accounts.accountDecisions)
  assert.equal((await get('approver', `/accounts/${id}`)).json().state, 'approved')
})

const engine = openFaceEngine()
after(() => engine?.close())
const skip = engine ? false : 'the optional packages of the face models are not installed'

test('another face than the card’s is told, and approved by nobody without words', { skip }, async () => {
  const { person, number } = await aHolder()
  await house.owner('update cards.card_order set portrait = $2 where person_id = $1', [person, await scene()])
  await send(number, aPhone(), await scene({ head: 'another' }))
  await takeAll()
  const id = (await accountsOf(person))[0]?.id ?? assert.fail('no account')
  await comparePortrait(house.openWork, keys, engine, id)
  const get = () => app.inject({ url: `/api/accounts/${id}`, headers: { 'x-who': 'approver' } })
  const { face } = (await get()).json().portrait
  assert.equal(face.verdict, 'different')
  assert.ok(face.score < face.threshold)
  await refusal(
    house.as(approver, work => accounts.approve(work, id, { compared: true })),
    'account-face-differs',
  )
  const despite = 'Đã gặp trực tiếp, ảnh thẻ chụp mười năm trước'
  await house.as(approver, work => accounts.approve(work, id, { compared: true, despite }))
  const deeds = await house.work(work => audit.deedsOf(work, id))
  const facts = deeds.find(({ deed }) => deed === 'account.approved')?.facts as { despite?: string } | undefined
  assert.equal(facts?.despite, despite)
})

test('the queues hold each account by its day; counts and funnel agree with the lists', async () => {
  const get = async (url: string) => (await app.inject({ url: `/api${url}`, headers: { 'x-who': 'approver' } })).json()
  const queues = ['to-approve', 'needs-slip', 'lapsed', 'waiting', 'demands', 'locked', 'in-use']
  const [{ counts }] = [await get('/accounts?queue=to-approve')]
  for (const queue of queues)
    assert.equal((await get(`/accounts?queue=${queue}`)).accounts.length, counts[queue], queue)
  assert.ok(counts['to-approve'] > 0 && counts.waiting > 0)
  const [shown] = (await get('/accounts?queue=waiting')).accounts
  const looks = await house.work(work => audit.readersOf(work, shown.personId, new Date(0)))
  assert.ok(
    looks.some(({ by_id, fields }) => by_id === approver.by.id && fields === 'name,birth,account'),
    'whoever stands in a queue sees who read it',
  )
  const funnel = await get('/accounts/funnel')
  const of = (step: string) => funnel.steps.find((one: { step: string }) => one.step === step).count
  const stopped = (step: string) =>
    funnel.stops
      .filter((one: { step: string }) => one.step === step)
      .reduce((sum: number, one: { count: number }) => sum + one.count, 0)
  assert.equal(of('requested') - of('approved'), stopped('approved'))
  assert.equal(of('approved') - of('told'), stopped('told'))
  assert.equal(of('told') - of('activated'), stopped('activated'))
  const waits = funnel.stops.filter(({ why }: { why: string }) => why === 'in-time' || why === 'lapsed')
  const total = (list: { count: number }[]) => list.reduce((sum, { count }) => sum + count, 0)
  assert.equal(total(funnel.web.stops), total(waits), 'who may still activate came upon something, or never began')
  assert.equal(
    (await get('/accounts?queue=to-approve&via=desk')).accounts.every((one: { via: string }) => one.via === 'desk'),
    true,
  )
  assert.equal((await get(`/accounts?queue=to-approve&unit=${ward.unitId}`)).accounts.length, counts['to-approve'])
})

test('a child’s refusal says that a parent requests the account, and the page says where', async () => {
  const later = await openHouse({ day: asDay('2024-09-03'), withUnits: true })
  const child = aPerson({ bornOn: '2015-05-05', phone: '0988000222' })
  await enter(later, child)
  const taken = { number: child.person_number, phone: '0988000222', picture, address: '10.9.9.9' }
  assert.equal(
    await requestLevelOne({ openWork: later.openWork, keys: async () => keys, secret: () => secret }, taken),
    'taken',
  )
  const [asking] = await later.owner<{ id: string }>('select id from accounts.asking')
  await processRequest(later.openWork, keys, asking?.id ?? '')
  const [message] = await later.owner<{ body: string }>("select body from outreach.message where about_kind = 'asking'")
  assert.match(message?.body ?? '', /do cha, me hoac nguoi giam ho dang ky/)
  assert.match(
    (await app.inject({ url: '/account/request' })).body,
    /Trẻ dưới 14 tuổi không đăng ký ở đây[^<]*<a href="\/citizen\/children">/,
  )
})
