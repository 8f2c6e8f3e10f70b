import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { aHolder, aSite, at, fillIn, handInOf, hidden, national, register } from './a-site.fixture.ts'
import { readExams } from './exam.ts'
import { ticketSigner } from './queue/ticket.ts'

const close = at('17:00:00')
/** One person a second, so that a queue is quickly there. */
const slow = readExams().map(exam => ({ ...exam, queue: { perSecond: 1, insideMinutes: 60, finishMinutes: 15 } }))

/** A site of its own, whose clock begins there. */
async function siteAt(t: TestContext, now: number) {
  const house = await aSite({ holders: Array.from({ length: 12 }, (_, n) => aHolder(n + 1)), exams: slow, now })
  t.after(house.close)
  return house
}

const door = `/exams/${national}/enter`
const handIn = `/exams/${national}/form/hand-in`
const ticketName = `ticket-${national}`

test('without a ticket a form is in time at 16:59:59.999 and late at 17:00:00.000', async t => {
  const house = await siteAt(t, at('16:25:00'))
  const pupil = house.visitor()
  await house.signIn(pupil, 'pupil-1')
  const form = handInOf((await fillIn(pupil)).text)
  const late = house.visitor()
  house.now = at('16:26:00')
  await house.signIn(late, 'pupil-2')
  const lateForm = handInOf((await fillIn(late)).text)
  pupil.cookies.delete(ticketName)
  late.cookies.delete(ticketName)

  house.now = close
  const refused = await late.ask(handIn, lateForm)
  assert.equal(refused.status, 410)
  assert.match(refused.text, /Cổng đăng ký đã đóng/)
  assert.match(refused.text, /Chưa có gì được nộp thêm/)
  assert.match(refused.text, /bất khả kháng/)
  assert.equal(
    house.db.find<{ n: number }>(
      `select count(*) as n from registration r join candidate c on c.id = r.candidate_id where c.full_name like '% 2'`,
    )?.n,
    0,
  )

  house.now = close - 1
  const kept = await pupil.ask(handIn, form)
  assert.equal(kept.location, `/exams/${national}/receipt`)
  house.now = close + 1_000
  assert.equal(
    (await pupil.ask(handIn, form)).location,
    `/exams/${national}/receipt`,
    'the same form once more is the same receipt, also after the close',
  )
})

test('a student admitted before the close has fifteen minutes after it, and not a millisecond more', async t => {
  const house = await siteAt(t, at('16:30:00'))
  const [one, two] = [house.visitor(), house.visitor()]
  await house.signIn(one, 'pupil-3')
  house.now = at('16:31:00')
  await house.signIn(two, 'pupil-4')
  house.now = at('16:59:59')
  const forms = [handInOf((await fillIn(one)).text), handInOf((await fillIn(two)).text)] as const
  house.now = close + 15 * 60_000
  assert.equal((await two.ask(handIn, forms[1])).status, 410)
  house.now = close + 15 * 60_000 - 1
  assert.equal((await one.ask(handIn, forms[0])).status, 303)
  assert.match((await one.follow(`/exams/${national}/receipt`)).text, /Phiếu đăng ký dự thi/)
  assert.equal(
    house.db.find<{ within: string }>('select within from version order by committed_at desc limit 1')?.within,
    'ticket',
  )
})

test('a student queued before the close enters after it; a newcomer at 17:00:01 is refused', async t => {
  const house = await siteAt(t, at('16:59:58'))
  const crowd = Array.from({ length: 40 }, () => house.visitor())
  for (const one of crowd) await one.ask(door)
  const last = crowd.at(-1)!
  const waiting = await last.ask(door)
  assert.match(waiting.text, /Em đang trong hàng chờ/)
  assert.match(waiting.text, /Em lấy số trước giờ đóng nên vẫn được nộp/)
  assert.ok(Number(waiting.headers.get('refresh')) >= 1)

  house.now = close + 1_000
  const tooLate = await house.visitor().ask(door)
  assert.equal(tooLate.status, 410)
  assert.match(tooLate.text, /Đã đăng ký\? Đăng nhập để xem phiếu/)

  house.now = close + 60_000
  const form = await house.signIn(last, 'pupil-5')
  assert.match(form.text, /Kiểm tra thông tin của em/)
  assert.match(form.text, /đã lấy số trước giờ đóng/)
  house.now = close + 15 * 60_000 + 30_000
  assert.match((await register(last)).text, /Em đã đăng ký xong/)
})

test('a ticket that is forged, changed, or of another exam or site is refused', async t => {
  const house = await siteAt(t, at('16:40:00'))
  const [honest, forger] = [house.visitor(), house.visitor()]
  await honest.ask(door)
  const real = honest.cookies.get(ticketName) ?? ''
  const parts = real.split('.')
  const earlier = [...parts.slice(0, 5), String(at('16:30:00')), parts[6]].join('.')
  const foreignKey = ticketSigner(Buffer.alloc(32, 7)).sign({
    id: 'AAAAAAAAAAAAAAAA',
    examId: national,
    place: 1,
    issuedAt: at('16:30:00'),
    letInAt: at('16:30:00'),
  })
  const otherExam = house.site.tickets.sign({
    id: 'AAAAAAAAAAAAAAAA',
    examId: 'vao-lop-10-2023',
    place: 1,
    issuedAt: at('16:30:00'),
    letInAt: at('16:30:00'),
  })
  const renamed = otherExam.replace('vao-lop-10-2023', national)
  house.now = close + 1_000
  for (const ticket of [earlier, foreignKey, otherExam, renamed, `${real.slice(0, -2)}AA`, 'nonsense', '']) {
    forger.cookies.set(ticketName, ticket)
    assert.equal((await forger.ask(door)).status, 410, ticket)
  }
  forger.cookies.set(ticketName, real)
  assert.equal((await forger.ask(door)).status, 303, 'the real one is a ticket')
})

test('a ticket from before the window opened is refused, and a new one is issued', async t => {
  const house = await siteAt(t, at('16:00:00'))
  const opens = house.exam().opensAt
  house.now = opens + 1_000
  const early = house.visitor()
  const ticket = house.site.tickets.sign({
    id: 'BBBBBBBBBBBBBBBB',
    examId: national,
    place: 1,
    issuedAt: opens - 1,
    letInAt: opens - 1,
  })
  early.cookies.set(ticketName, ticket)
  await early.ask(door)
  assert.notEqual(early.cookies.get(ticketName), ticket)
})

test('a ticket used long before the close gives no time after it', async t => {
  const house = await siteAt(t, at('15:30:00'))
  const pupil = house.visitor()
  await house.signIn(pupil, 'pupil-6')
  const form = handInOf((await fillIn(pupil)).text)
  for (const time of ['16:05:00', '16:40:00']) {
    house.now = at(time)
    await pupil.ask('/')
  }
  house.now = close + 1
  assert.equal((await pupil.ask(handIn, form)).status, 410)
})

test('a copied ticket admits only its first user', async t => {
  const house = await siteAt(t, at('16:40:00'))
  const [first, second] = [house.visitor(), house.visitor()]
  await house.signIn(first, 'pupil-7')
  house.now = at('16:41:00')
  await house.signIn(second, 'pupil-8')
  const own = second.cookies.get(ticketName)
  second.cookies.set(ticketName, first.cookies.get(ticketName) ?? '')
  house.now = close + 1_000
  assert.equal((await second.ask(door)).status, 410, 'at the door')
  const form = second.cookies
  form.set(ticketName, own ?? '')
  const page = handInOf((await fillIn(second)).text)
  second.cookies.set(ticketName, first.cookies.get(ticketName) ?? '')
  assert.equal((await second.ask(handIn, page)).status, 409, 'and where it is handed in')
})

test('students enter in order of arrival at the set pace, and keep the place over reloads and tabs', async t => {
  const house = await siteAt(t, at('16:50:00'))
  const crowd = Array.from({ length: 12 }, () => house.visitor())
  for (const one of crowd) await one.ask(door)
  const before = crowd.map(one => one.cookies.get(ticketName))
  const inside: number[] = []
  for (let second = 0; second <= 12; second++) {
    house.now = at('16:50:00') + second * 1_000
    const states = await Promise.all(crowd.map(async one => (await one.ask(door)).status === 303))
    inside.push(states.filter(Boolean).length)
    assert.deepEqual(
      states,
      states.toSorted((a, b) => Number(b) - Number(a)),
      'nobody is inside before somebody who came earlier',
    )
  }
  assert.deepEqual(inside, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 12])
  assert.deepEqual(
    crowd.map(one => one.cookies.get(ticketName)),
    before,
  )
})

test('before the opening the page says when, and nobody gets a place', async t => {
  const house = await siteAt(t, at('16:00:00'))
  house.now = house.exam().opensAt - 1_000
  const early = house.visitor()
  const answer = await early.ask(door)
  assert.match(answer.text, /Chưa đến giờ đăng ký/)
  assert.equal(early.cookies.has(ticketName), false)
  house.now = house.exam().opensAt
  assert.equal((await early.ask(door)).status, 303)
})

test('a registered student still signs in after the close to see the slip, and changes nothing', async t => {
  const house = await siteAt(t, at('16:55:00'))
  const pupil = house.visitor()
  await house.signIn(pupil, 'pupil-9')
  await register(pupil)
  house.now = at('10:00:00', '2023-05-16')
  const again = house.visitor()
  const away = await again.ask(`/sign-in?exam=${national}`)
  const back = new URL(await house.issuer.signIn(away.location ?? '', 'pupil-9'))
  const page = await again.follow(back.pathname + back.search)
  assert.match(page.text, /Em đã đăng ký trước đó/)
  const slip = await again.follow(`/exams/${national}/receipt`)
  assert.match(slip.text, /Đã hết giờ sửa/)
  assert.equal((await again.ask(`/exams/${national}/form`)).status, 410)
})

test('the page of the exam counts down by the server’s clock, and says how the last hour works', async t => {
  const house = await siteAt(t, at('16:00:00'))
  const stranger = house.visitor()
  house.now = at('15:00:00', '2023-05-04')
  const page = await stranger.ask('/')
  assert.match(page.text, /9 ngày 2 giờ/)
  assert.match(page.text, /17:00, thứ Bảy 13\/05\/2023/)
  assert.match(page.text, /có thêm 15 phút/)
  house.now = close - 1
  assert.match((await stranger.ask('/')).text, /0 giây/)
  house.now = close
  assert.match((await stranger.ask('/')).text, /Cổng đã đóng/)
  assert.equal(hidden(page.text, 'token'), '')
})
