import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAppointedOfficer } from '../../../test/a-citizen.ts'
import { aPerson, commune, enter } from '../../../test/builders.ts'
import { aReceipt, serveFamilies, textOf } from '../../../test/family-server.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import * as enrolment from '../../enrolment/enrolment.ts'
import { confirmRegister } from '../../follow-ups/answers.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import * as outreach from '../../outreach/outreach.ts'
import { stopwatch } from '../../platform/clock.ts'
import { readBirthDate } from './check.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const { browser } = await serveFamilies(house)
const ward = await anAppointedOfficer(house, { name: 'Ngô Văn Lực', role: 'ward-officer', code: commune.haKhanh })
const asWard = { ...ward, purpose: 'application' }

const row = aPerson({ name: 'Hoàng Gia Khánh', bornOn: '2005-03-07', phone: '0912345678' })
const personId = await enter(house, row)
const applicationId = await house.as(asWard, async work => {
  await enrolment.enterExternalCapture(work, personId, { unitId: ward.unitId, walkIn: true })
  const [application] = await work.tx.selectFrom('enrolment.application').select('id').execute()
  return application?.id ?? assert.fail()
})
const code = await aReceipt(house, { personId, applicationId, unitId: ward.unitId })
const right = { number: row.person_number, born: '07/03/2005', code }

const other = aPerson({ name: 'Lê Bảo Ngọc', bornOn: '2005-03-07' })
const otherId = await enter(house, other)
const otherCode = await aReceipt(house, { personId: otherId, applicationId, unitId: ward.unitId })

let addresses = 0
/** Each from an address of its own, so that one test does not slow another. */
function stranger() {
  addresses += 1
  return browser(`10.1.${Math.floor(addresses / 200)}.${1 + (addresses % 200)}`)
}
const ask = (fields: Partial<typeof right>, from = stranger()) => from.fill('/citizen/check', { ...right, ...fields })
const readings = () =>
  house.owner<{ by_kind: string; purpose: string; fields: string }>(
    `select by_kind, purpose, fields from audit.access where person_id = $1 and purpose = 'own-page'`,
    [personId],
  )

test('number, birth date and receipt tell what is needed and where the application truly is', async () => {
  const answer = await ask({
    number: row.person_number.replace(/(\d{3})/g, '$1 '),
    born: '7-3-2005',
    code: code.toLowerCase(),
  })
  const text = textOf(answer.body)
  assert.equal(answer.statusCode, 200)
  assert.match(
    text,
    /Hoàng Gia Khánh còn thiếu tài khoản định danh mức độ 0?2.*Mang theo giấy hẹn \(nếu còn\), điện thoại/,
  )
  assert.match(text, /Hồ sơ ở trung tâm từ hôm nay\. Hạn theo luật: 7 ngày làm việc, hết 04\/05\./)
  assert.match(text, /Chụp ảnh, lấy vân tay : xong hôm nay/)
  assert.doesNotMatch(answer.body, new RegExp(`${row.person_number}|07/03/2005|912345678`))
  assert.equal(answer.headers['cache-control'], 'no-store')
})

test('the look is noted as that of whoever has the receipt, and seen by the person', async () => {
  const before = (await readings()).length
  await ask({})
  const noted = (await readings()).slice(before)
  assert.ok(noted.length > 0)
  for (const one of noted) assert.equal(one.by_kind, 'receipt-holder')
})

test('whatever is wrong is answered alike, in the same time, and notes no reading', async () => {
  const before = (await readings()).length
  const wrongs = {
    'an unknown number': { number: '022205999999' },
    'no number': { number: 'x' },
    'another birth date': { born: '08/03/2005' },
    'no day': { born: '31/02/2005' },
    'an unknown code': { code: '0000-0000' },
    'no code': { code: '?' },
    'the code of somebody else': { code: otherCode },
    'the number of somebody else': { number: other.person_number },
    'an injection': { number: "' or 1=1 --", code: "'; --" },
  }
  const pages = new Set<string>()
  for (const [what, fields] of Object.entries(wrongs)) {
    const taken = stopwatch()
    const answer = await ask(fields)
    assert.equal(answer.statusCode, 403, what)
    assert.ok(taken() > 299, what)
    pages.add(answer.body.replace(/name="form" value="[^"]+"/, ''))
  }
  assert.equal(pages.size, 1)
  assert.match([...pages][0] ?? '', /không khớp/)
  assert.doesNotMatch([...pages][0] ?? '', /022205|2005-|Khánh/)
  assert.equal((await readings()).length, before)
})

test('guesses at one number wait ever longer, from one place and from many, known or unknown alike', async () => {
  // All at once: each is counted before it is looked at.
  const statuses = async (number: string, from: () => ReturnType<typeof browser>, times: number) => {
    const asked = Array.from({ length: times }, () => ask({ number, code: '0000-0000' }, from()))
    return (await Promise.all(asked)).map(({ statusCode }) => statusCode).sort()
  }
  const sameOf = async (number: string, place = stranger()) => {
    // The browser has its token before it sends seven forms at once.
    await place.get('/citizen/check')
    return statuses(number, () => place, 7)
  }
  const fromOnePlace = await Promise.all([other.person_number, '022205888888'].map(number => sameOf(number)))
  for (const one of fromOnePlace) assert.deepEqual(one, [403, 403, 403, 403, 403, 429, 429])
  const spread = await statuses('022205777777', stranger, 22)
  assert.deepEqual([spread.filter(one => one === 403).length, spread.length], [20, 22])
  const slowed = await ask({ number: other.person_number, code: otherCode }, stranger())
  assert.equal(slowed.statusCode, 200, 'five guesses from one place do not shut out the person at another')
})

test('a right answer forgets the wrong ones before it', async () => {
  const place = stranger()
  await place.get('/citizen/check')
  for (const wrong of [4, 3]) {
    await Promise.all(Array.from({ length: wrong }, () => ask({ born: '01/01/2005' }, place)))
    assert.equal((await ask({}, place)).statusCode, 200)
  }
})

test('a form of another site is refused, and no address takes a number', async () => {
  const foreign = await stranger().post('/citizen/check', right, { 'sec-fetch-site': 'cross-site' })
  assert.equal(foreign.statusCode, 403)
  assert.doesNotMatch(foreign.body, /Khánh/)
  const asked = await stranger().get(`/citizen/check?number=${right.number}&born=07/03/2005&code=${code}`)
  assert.doesNotMatch(asked.body, /Khánh/)
})

test('a birth date is read as people write it', () => {
  for (const typed of ['07/03/2005', '7.3.2005', ' 7 / 3 / 2005 ', '07032005', '7-03-2005'])
    assert.deepEqual(readBirthDate(typed), { y: 2005, m: 3, d: 7 }, typed)
  for (const typed of ['', '2005', '2005-03-07', '29/02/2005', '7/3/05', 'x'])
    assert.equal(readBirthDate(typed), undefined)
})

const send = (key: string) =>
  house.work(work =>
    outreach.sendMessage(work, {
      template: 'need-reminder',
      facts: {
        person: 'Hoàng Gia Khánh',
        what: { vi: 'thẻ', en: 'card' },
        when: { vi: 'sớm', en: 'soon' },
        unit: 'Công an phường Hà Khánh',
        page: '/citizen/',
      },
      language: 'vi',
      to: { kind: 'phone', number: '0912345678' },
      about: { kind: 'need', id: personId, personId },
      key,
    }),
  )
const stateOf = async (id: string) =>
  (
    await house.owner<{ state: string; code: string | null }>(
      'select state, code from outreach.message where id = $1',
      [id],
    )
  )[0]
const openFollowUps = () =>
  house.as(asWard, work => followUps.findFollowUps(work, { kind: 'phone-not-theirs', personId }))

test('a phone that is not theirs gets nothing more, and the ward finds out and settles it', async () => {
  const waiting = await send('a')
  const place = stranger()
  const page = await place.fill('/citizen/check', right)
  const proof = /name="proof" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const told = await place.send('/citizen/check/phone', page, { proof })
  assert.equal(told.statusCode, 200)
  assert.match(textOf(told.body), /Đã ghi nhận/)
  assert.doesNotMatch(told.body, /0912345678|912345678|5678/)
  assert.deepEqual(await stateOf(waiting), { state: 'undeliverable', code: 'phone-disowned' })
  assert.deepEqual(await stateOf(await send('b')), { state: 'undeliverable', code: 'phone-disowned' })
  await place.send('/citizen/check/phone', page, { proof })
  const open = await openFollowUps()
  assert.deepEqual(
    open.map(({ owner, ownerUnitId, dueOn }) => [owner, ownerUnitId, dueOn]),
    [['ward', ward.unitId, '2023-04-25']],
  )
  const [deed] = await house.owner<{ by_kind: string; by_id: string }>(
    `select by_kind, by_id from audit.deed where deed = 'phone.disowned'`,
  )
  assert.deepEqual(deed, { by_kind: 'receipt-holder', by_id: applicationId })

  await house.as({ ...ward, purpose: 'account' }, work => confirmRegister(work, open[0]?.id ?? assert.fail()))
  assert.deepEqual(await openFollowUps(), [])
  assert.equal((await stateOf(await send('c')))?.state, 'queued')
})

test('what leads on is sealed: a proof that was changed or is of another place opens nothing', async () => {
  const place = stranger()
  const page = await place.fill('/citizen/check', right)
  const proof = /name="proof" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  for (const bad of ['', 'x'.repeat(60), `${proof.slice(0, -2)}AA`])
    assert.equal((await place.send('/citizen/check/phone', page, { proof: bad })).statusCode, 303)
})
