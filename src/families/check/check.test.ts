import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAppointedOfficer } from '../../../test/a-citizen.ts'
import { aPerson, commune, enter } from '../../../test/builders.ts'
import { aReceipt, serveFamilies, textOf } from '../../../test/family-server.ts'
import type { FormBrowser } from '../../../test/form-browser.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import * as enrolment from '../../enrolment/enrolment.ts'
import { confirmRegister } from '../../follow-ups/answers.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import * as outreach from '../../outreach/outreach.ts'
import * as planning from '../../planning/planning.ts'
import { stopwatch } from '../../platform/clock.ts'
import * as register from '../../register/register.ts'
import { printSlips } from '../slips/slips.ts'
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

const fieldsOf = (body: string) =>
  Object.fromEntries(
    [...body.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
const { as: asPlanner, counter } = await (async () => {
  const { as, ward: planned } = await aWard(house)
  const site = await as(work =>
    planning.createSite(work, {
      kind: 'counter',
      unitId: planned.unitId,
      name: 'Bộ phận tiếp nhận',
      opensAt: hour('07:00'),
      closesAt: hour('17:30'),
    }),
  )
  const made = await as(work =>
    planning.setCounter(work, site.id, {
      desks: [{ number: 1, services: ['A', 'B'], isOpen: true }],
      minutes: { A: 20, B: 20 },
      walkInPercent: 0,
    }),
  )
  return { as, counter: made }
})()
const key = (at: string, day = '2023-04-21') => `counter_${counter.siteId}_${day}_${at}`
/** Sends a form of the hours with the token that a page of this browser has. */
const sendTo = (from: FormBrowser, fields: Record<string, string>) =>
  from.fill('/citizen/check', fields, '/citizen/check/hours')
const bookingsOf = (id = personId) => house.work(work => planning.bookingsOf(work, id))

test('without an account an hour is chosen, changed and given back; no address says whose it is', async () => {
  const from = stranger()
  const answer = await ask({}, from)
  const { proof = '' } = fieldsOf(answer.body)
  assert.match(answer.body, /Chọn giờ đi làm/)
  const go = (fields: Record<string, string>) => sendTo(from, { proof, ...fields })
  const places = await go({ step: 'look', service: 'B' })
  assert.match(textOf(places.body), /Giờ hẹn của Hoàng Gia Khánh.*Bộ phận tiếp nhận/)
  assert.doesNotMatch(places.body, /href="[^"]*(service|place|day|booking)=/)
  const offered = await go({ step: 'look', service: 'B', place: `counter_${counter.siteId}`, day: '2023-04-21' })
  assert.match(offered.body, new RegExp(key('0910')))
  const booked = await go({ step: 'book', service: 'B', slot: key('0910') })
  assert.match(textOf(booked.body), /Đã giữ chỗ 09:10 thứ Sáu.*B 001/)
  const again = await go({ step: 'book', service: 'B', slot: key('0910') })
  assert.match(textOf(again.body), /Đã giữ chỗ 09:10/, 'a page that is loaded again books nothing else')
  const [first] = await bookingsOf()
  assert.equal(first?.bookedBy, 'person')
  const moved = await go({ step: 'move', booking: first?.id ?? '', slot: key('0930') })
  assert.match(textOf(moved.body), /Đã giữ chỗ 09:30/)
  const [second] = await bookingsOf()
  const ticket = await go({ step: 'ticket', booking: second?.id ?? '' })
  assert.match(ticket.body, /ticket-paper/)
  const cancelled = await go({ step: 'cancel', booking: second?.id ?? '' })
  assert.match(textOf(cancelled.body), /Đã hủy chỗ/)
  assert.deepEqual(await bookingsOf(), [])
  for (const page of [places, offered, booked, ticket]) {
    assert.equal(page.headers['cache-control'], 'no-store')
    assert.doesNotMatch(page.body, new RegExp(`${row.person_number}|07/03/2005|912345678|${code}`))
  }
})

test('a proof that is bent, of another installation or missing opens no hours, nor does a revoked slip', async () => {
  const from = stranger()
  const { proof = '' } = fieldsOf((await ask({}, from)).body)
  const [booking] = await asPlanner(async work => {
    const made = await planning.book(work, {
      ...{ personId: otherId as register.PersonId, service: 'B', by: 'officer' },
      slot: planning.parseSlotKey(key('1010')) ?? assert.fail(),
    })
    return made.is === 'booked' ? [made.booking] : []
  })
  assert.ok(booking)
  for (const bent of ['', 'x', `${proof.slice(0, -2)}AA`, proof.slice(0, 60)]) {
    const page = await sendTo(from, { proof: bent, step: 'look', service: 'B' })
    assert.equal(page.statusCode, 303, bent)
    assert.equal(page.headers.location, '/citizen/check')
  }
  for (const step of ['cancel', 'confirm', 'move']) {
    const fields = { proof, step, booking: booking.id, ...(step === 'move' && { slot: key('1030') }) }
    const page = await sendTo(from, fields)
    assert.equal(page.statusCode, 409)
    assert.match(textOf(page.body), /đã kết thúc/)
  }
  const theirs = await sendTo(from, { proof, step: 'ticket', booking: booking.id })
  assert.doesNotMatch(theirs.body, /ticket-paper/)
  assert.deepEqual(
    (await bookingsOf(otherId as register.PersonId)).map(({ id, confirmedAt }) => [id, confirmedAt]),
    [[booking.id, null]],
  )

  const slip = await house.as({ ...ward, purpose: 'campaign' }, work =>
    printSlips(work, { people: [personId as register.PersonId] }, 'http://localhost'),
  )
  const bySlip = fieldsOf((await ask({ code: slip.slips[0]?.code ?? '' }, from)).body)['proof'] ?? ''
  const look = () => sendTo(from, { proof: bySlip, step: 'look', service: 'B' })
  assert.equal((await look()).statusCode, 200)
  await house.owner(`update access_links.link set ended_at = now(), ended_why = 'revoked' where subject_id = $1`, [
    personId,
  ])
  assert.equal((await look()).statusCode, 303)
})

test('an hour is changed some times a day, then the page says whom to ask, and what was booked stands', async () => {
  const from = stranger()
  const { proof = '' } = fieldsOf((await ask({}, from)).body)
  const go = (fields: Record<string, string>) => sendTo(from, { proof, ...fields })
  await go({ step: 'book', service: 'B', slot: key('1330', '2023-04-24') })
  let page = await go({ step: 'look', service: 'B' })
  for (let n = 0; n < 9 && page.statusCode === 200; n += 1) {
    const [held] = await bookingsOf()
    const at = held?.startsAt === '13:30' ? '1350' : '1330'
    page = await go({ step: 'move', booking: held?.id ?? '', slot: key(at, '2023-04-24') })
  }
  assert.equal(page.statusCode, 409)
  assert.match(textOf(page.body), /đã đổi nhiều lần. Giờ đặt sau cùng vẫn giữ/)
  assert.equal((await bookingsOf()).length, 1)
})

test('after two records became one, former number, receipt, slip, hour and ticket go on under the one', async () => {
  const second = await anAppointedOfficer(house, { name: 'Trần Thị Hoa', role: 'ward-officer', code: commune.haKhanh })
  const rows = [1, 2].map(() => aPerson({ name: 'Vũ Minh Đức', bornOn: '2006-05-04', phone: '0912000111' }))
  const [stands, former] = [await enter(house, rows[0]!), await enter(house, rows[1]!)]
  const receipt = await aReceipt(house, { personId: former, applicationId, unitId: ward.unitId })
  const printed = await house.as({ ...ward, purpose: 'campaign' }, work =>
    printSlips(work, { people: [former] }, 'http://localhost'),
  )
  const [slip] = printed.slips
  const book = (of: register.PersonId, slot: string, service: planning.Service) =>
    asPlanner(work =>
      planning.book(work, {
        ...{ personId: of, service, by: 'officer' },
        slot: planning.parseSlotKey(slot) ?? assert.fail(),
      }),
    )
  const [own, theirs, other] = [
    await book(stands, key('1430', '2023-04-25'), 'A'),
    await book(former, key('0810', '2023-04-20'), 'A'),
    await book(former, key('0930', '2023-04-25'), 'B'),
  ]
  assert.ok(own.is === 'booked' && theirs.is === 'booked' && other.is === 'booked')
  await asPlanner(work => planning.queue.checkInBooking(work, counter.siteId, theirs.booking.id))

  const merge = await house.as({ ...ward, purpose: 'correction' }, work =>
    register.proposeMerge(work, {
      ...{ personId: stands, otherId: former },
      ...{ reason: 'Cùng cha mẹ', papers: 'Giấy khai sinh số 12/2006, UBND phường Hà Khánh' },
    }),
  )
  await house.as({ ...second, purpose: 'correction' }, work =>
    register.acceptMerge(work, merge.id, { survivorId: stands, number: rows[0]!.person_number }),
  )

  const held = (await bookingsOf(stands)).map(({ id, service }) => [id, service])
  assert.deepEqual(held, [
    [theirs.booking.id, 'A'],
    [other.booking.id, 'B'],
  ])
  assert.deepEqual(await bookingsOf(former), [])
  // Who waits in the hall is called by the same number, and the other hour of the same service is free again.
  const called = await asPlanner(work => planning.queue.callNext(work, counter.siteId, 1))
  assert.equal(called?.bookingId, theirs.booking.id)
  await asPlanner(work => planning.queue.finishTicket(work, counter.siteId, 1))
  assert.deepEqual(
    (await bookingsOf(stands)).map(({ id }) => id),
    [other.booking.id],
  )
  const told = await house.owner<{ template: string }>(
    `select template from outreach.message where person_id = $1 order by id`,
    [stands],
  )
  assert.ok(told.some(({ template }) => template === 'appointment-moved'))

  for (const number of rows.map(({ person_number }) => person_number))
    for (const typed of [receipt, slip?.code ?? '']) {
      const answer = await ask({ number, born: '04/05/2006', code: typed })
      assert.equal(answer.statusCode, 200, `${number} ${typed}`)
      assert.match(textOf(answer.body), /Vũ Minh Đức.*Đổi giờ/)
    }
  const from = stranger()
  const { pathname } = new URL(slip?.address ?? '')
  await from.fill(pathname, { pin: '04/05/2006' })
  const page = await from.get(pathname)
  assert.match(textOf(page.body), /Đức: 09:30.*số B 00\d/)
  // A slip that is printed anew ends the former record's, too.
  await house.as({ ...ward, purpose: 'campaign' }, work => printSlips(work, { people: [stands] }, 'http://localhost'))
  assert.equal(
    (await ask({ number: rows[0]!.person_number, born: '04/05/2006', code: slip?.code ?? '' })).statusCode,
    403,
  )
})

test('the code of a message about an hour opens the page with number and birth date', async () => {
  const expected = aPerson({ name: 'Đỗ Thu Trang', bornOn: '2006-11-20', phone: '0912000333' })
  const id = await enter(house, expected)
  const booked = await asPlanner(work =>
    planning.book(work, {
      ...{ personId: id, service: 'A', by: 'officer' },
      slot: planning.parseSlotKey(key('1510', '2023-04-26')) ?? assert.fail(),
    }),
  )
  assert.ok(booked.is === 'booked')
  const [message] = await house.owner<{ body: string }>(
    `select body from outreach.message where person_id = $1 and template = 'appointment-booked'`,
    [id],
  )
  const told = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(message?.body ?? '')?.[0] ?? assert.fail(message?.body)
  const from = stranger()
  const own = { number: expected.person_number, born: '20/11/2006', code: told }
  const answer = await ask(own, from)
  assert.match(textOf(answer.body), /Đỗ Thu Trang.*Đổi giờ/)
  // The code is of that hour and that person alone.
  assert.equal((await ask({ code: told })).statusCode, 403)
  assert.equal((await ask({ ...own, born: '21/11/2006' })).statusCode, 403)
  const { proof = '' } = fieldsOf(answer.body)
  const moved = await sendTo(from, { proof, step: 'move', booking: booked.booking.id, slot: key('1530', '2023-04-26') })
  assert.match(textOf(moved.body), /Đã giữ chỗ 15:30/)
  assert.equal((await ask(own)).statusCode, 403, 'the hour of that message is over; the next message has its own code')
})
