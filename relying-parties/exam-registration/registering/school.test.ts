import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, test } from 'node:test'
import {
  type ASite,
  aHolder,
  aSite,
  at,
  gradeTen,
  hidden,
  national,
  register,
  secondAnswers,
  type Visitor,
} from '../a-site.fixture.ts'
import { readDay } from '../routes/school.ts'
import { networkOf } from '../sign-in/tries.ts'
import { isTemporaryCode } from './identifier.ts'
import { enterStaff, readStaff } from './school.ts'

const names = ['Trần Thị Ánh', 'Nguyễn Văn Ân', 'Bùi Thị Ánh', 'Đỗ Văn Chiến', 'Chìu A Bảo']
const house: ASite = await aSite({
  holders: [...names.map((name, n) => aHolder(n + 1, { name })), aHolder(20), aHolder(21)],
  now: at('10:00:00', '2023-05-12'),
})
after(house.close)

const staff = await enterStaff(house.db, [
  { login: 'ben-suong-1', school: '17-101', name: 'Lê Thị Soát' },
  { login: 'nui-ngoc-1', school: '17-102', name: 'Vũ Văn Kiểm' },
  { login: 'so-1', school: '*', name: 'Điểm tiếp nhận' },
])
const passwordOf = (login: string) => staff.find(one => one.login === login)?.password ?? ''

async function at17(login: string): Promise<Visitor> {
  const visitor = house.visitor()
  assert.equal((await visitor.ask('/school', { login, password: passwordOf(login) })).status, 303)
  return visitor
}

const school = await at17('ben-suong-1')
const linkOf = (page: string, name: string) =>
  new RegExp(`href="(/school/[^"]*)">[^<]*(?:<b>)?[^<]*${name}`).exec(page)?.[1] ?? ''

test('a school sees its own candidates alone, sorted by given name as Vietnamese sorts', async () => {
  for (const [n] of names.entries()) {
    const pupil = house.visitor()
    await house.signIn(pupil, `pupil-${n + 1}`)
    await register(pupil)
  }
  const elsewhere = house.visitor()
  await house.signIn(elsewhere, 'pupil-20')
  await register(elsewhere, { first: { kind: 'pupil', school: '17-102' } })

  const list = await school.follow('/school')
  const shown = [...list.text.matchAll(/class="open"[^>]*>([^<]*)<b>([^<]*)</g)].map(
    ([, before, given]) => `${before}${given}`,
  )
  assert.deepEqual(shown, ['Bùi Thị Ánh', 'Trần Thị Ánh', 'Nguyễn Văn Ân', 'Chìu A Bảo', 'Đỗ Văn Chiến'])
  assert.match((await (await at17('so-1')).follow('/school')).text, /Phạm Ngọc Ánh <b>20/)

  const foreign = house.db.find<{ id: string }>(`select id from registration where school = '17-102'`)?.id
  for (const path of ['', '/print'])
    assert.equal((await school.ask(`/school/${national}/${foreign}${path}`)).status, 404)
})

async function judge(path: string, verdict: string, more: Record<string, string> = {}) {
  const page = await school.ask(path)
  return school.follow(path, { key: hidden(page.text, 'key'), version: hidden(page.text, 'version'), verdict, ...more })
}

test('a school returns a registration with a reason, the candidate corrects it, the school rechecks', async () => {
  const path = linkOf((await school.follow('/school')).text, 'Bảo')
  assert.match((await judge(path, 'returned', { reason: '  ' })).text, /Chưa ghi lý do/)
  await judge(path, 'returned', { reason: 'Em học tiếng Trung, đơn ghi tiếng Anh.' })

  house.now = at('09:00:00', '2023-05-16')
  const pupil = house.visitor()
  const away = await pupil.ask(`/sign-in?exam=${national}`)
  const back = new URL(await house.issuer.signIn(away.location ?? '', 'pupil-5'))
  await pupil.follow(back.pathname + back.search)
  const slip = await pupil.follow(`/exams/${national}/receipt`)
  assert.match(slip.text, /Trường trả lại để sửa[\s\S]*Em học tiếng Trung, đơn ghi tiếng Anh/)
  const mended = await register(pupil, { second: { ...secondAnswers, language: 'trung' } })
  assert.match(mended.text, /sửa theo yêu cầu của trường/)
  assert.match((await (await at17('ben-suong-1')).ask(path)).text, /bản 2/)
})

test('after the review nothing is corrected or returned, and prints are signed until their day', async () => {
  house.now = at('09:00:00', '2023-05-19')
  const again = await at17('ben-suong-1')
  school.cookies.set('session', again.cookies.get('session') ?? '')
  const path = linkOf((await school.follow('/school')).text, 'Chiến')
  await judge(path, 'returned', { reason: 'Nơi thi chưa đúng.' })
  house.now = at('00:00:00', '2023-05-20')
  school.cookies.set('session', (await at17('ben-suong-1')).cookies.get('session') ?? '')
  assert.match((await judge(path, 'returned', { reason: 'Thêm lần nữa' })).text, /Đã hết hạn cho việc này/)
  const pupil = house.visitor()
  const away = await pupil.ask(`/sign-in?exam=${national}`)
  const back = new URL(await house.issuer.signIn(away.location ?? '', 'pupil-4'))
  await pupil.follow(back.pathname + back.search)
  assert.equal((await pupil.ask(`/exams/${national}/form`)).status, 410)
  assert.match((await judge(path, 'printed')).text, /Đã ký bản in/)
  house.now = at('00:00:00', '2023-05-23')
  school.cookies.set('session', (await at17('ben-suong-1')).cookies.get('session') ?? '')
  assert.match((await judge(path, 'printed')).text, /Đã hết hạn/)
})

test('a school’s decision on an outdated version is refused', async () => {
  house.now = at('11:00:00', '2023-05-12')
  school.cookies.set('session', (await at17('ben-suong-1')).cookies.get('session') ?? '')
  const path = linkOf((await school.follow('/school')).text, 'Ân')
  const page = await school.ask(path)
  const pupil = house.visitor()
  await house.signIn(pupil, 'pupil-2')
  await register(pupil, { second: { ...secondAnswers, combination: 'khxh' } })
  const answer = await school.follow(path, {
    key: hidden(page.text, 'key'),
    version: hidden(page.text, 'version'),
    verdict: 'confirmed',
  })
  assert.match(answer.text, /vừa nộp bản khác[\s\S]*Khoa học xã hội/)
  assert.match((await judge(path, 'confirmed')).text, /Đã xác nhận/)
})

test('the check sheet shows the signed choices, and neither phone nor history', async () => {
  const path = linkOf((await school.follow('/school')).text, 'Ân')
  const sheet = await school.ask(`${path}/print`)
  assert.match(sheet.text, /Thí sinh ký, ghi rõ họ tên/)
  assert.match(sheet.text, /Nguyễn Văn Ân/)
  assert.doesNotMatch(sheet.text, /\+8490|Điện thoại/)
})

test('a candidate without a number gets a code that is no number, signs in with it and registers', async () => {
  const form = await school.ask('/school/new-code')
  const key = hidden(form.text, 'key')
  const given = {
    key,
    name: 'Khamphanh  Souvannavong',
    born: '7/3/2005',
    gender: 'male',
    paper: 'Hộ chiếu Lào P1234567',
  }
  const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ name: '' }, /Chưa ghi họ tên/],
    [{ born: '31/02/2005' }, /không có trên lịch/],
    [{ gender: '' }, /Chưa chọn giới tính/],
    [{ paper: '' }, /Chưa ghi giấy tờ/],
    [{ paper: '022 305 007 461' }, /người này có số, không cấp mã tạm/],
  ]
  for (const [change, sentence] of wrong) {
    const answer = await school.ask('/school/new-code', { ...given, ...change })
    assert.equal(answer.status, 422)
    assert.match(answer.text, sentence)
  }
  const slip = await school.ask('/school/new-code', given)
  const code =
    /class="code"><span class="groups">((?:<span>\w{4}<\/span>){3})/.exec(slip.text)?.[1]?.replace(/<\/?span>/g, '') ??
    ''
  const password = /class="code">([a-z]{10})</.exec(slip.text)?.[1] ?? ''
  assert.ok(isTemporaryCode(code), code)

  const foreigner = house.visitor()
  assert.match(
    (await foreigner.ask('/code', { code: '022305007461', password })).text,
    /Đây là số định danh cá nhân, không phải mã dự thi/,
  )
  assert.match((await foreigner.ask('/code', { code: '101234567', password })).text, /CMND 9 số/)
  const mistyped = `${code.slice(0, 11)}${code.endsWith('2') ? '3' : '2'}`
  assert.match((await foreigner.ask('/code', { code: mistyped, password })).text, /gõ nhầm|chưa khớp/)
  assert.equal((await foreigner.ask('/code', { code: code.toLowerCase(), password })).status, 303)
  const page = await foreigner.follow(`/exams/${national}/enter`)
  assert.match(page.text, /Khamphanh Souvannavong[\s\S]*07\/03\/2005[\s\S]*không phải số định danh/)
  assert.doesNotMatch(page.text, /đã xác thực/)
  const receipt = await register(foreigner)
  assert.match(receipt.text, /Em đã đăng ký xong/)
})

test('wrong passwords slow down their login and no other', async () => {
  for (let n = 0; n < 5; n++)
    assert.equal((await house.visitor().ask('/school', { login: 'nui-ngoc-1', password: 'nope' })).status, 422)
  const slowed = await house.visitor().ask('/school', { login: 'nui-ngoc-1', password: passwordOf('nui-ngoc-1') })
  assert.equal(slowed.status, 429)
  assert.match(slowed.text, /Đợi \d+ giây/)
  await at17('so-1')
  house.now += 15 * 60_000
  await at17('nui-ngoc-1')
})

/** A try from another place: an address of this machine that no visitor of these tests has. */
const tryFrom = (localAddress: string, form: Record<string, string>) =>
  new Promise<number>((done, fail) => {
    const body = new URLSearchParams(form).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: house.origin }
    const { port } = new URL(house.origin)
    request({ host: '127.0.0.1', port, path: '/school', method: 'POST', localAddress, headers }, answer => {
      answer.resume()
      done(answer.statusCode ?? 0)
    })
      .on('error', fail)
      .end(body)
  })

test('a stranger’s wrong tries in the closing hour keep no school out that has signed in before', async () => {
  house.now += 15 * 60_000
  const login = 'nui-ngoc-1'
  const school = await at17(login)
  school.cookies.delete('session')
  for (let n = 0; n < 12; n++) await house.visitor().ask('/school', { login, password: `guess-${n}` })
  assert.equal((await house.visitor().ask('/school', { login, password: 'guess' })).status, 429)
  assert.equal((await school.ask('/school', { login, password: passwordOf(login) })).status, 303)
})

test('a stranger’s wrong tries keep no school out that signs in elsewhere for the first time', async () => {
  house.now += 15 * 60_000
  const login = 'nui-ngoc-1'
  for (let n = 0; n < 12; n++) await tryFrom('127.0.0.7', { login, password: `guess-${n}` })
  assert.equal(await tryFrom('127.0.0.7', { login, password: passwordOf(login) }), 429)
  assert.equal(await tryFrom('127.0.0.8', { login, password: passwordOf(login) }), 303)
})

test('a hundred guesses at once are a hundred, and a cookie of another login opens nothing', async () => {
  house.now += 15 * 60_000
  const office = await at17('so-1')
  const login = 'nui-ngoc-1'
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) => office.ask('/school', { login, password: `guess-${n}` })),
  )
  assert.equal(all.filter(({ status }) => status === 422).length, 5)
  house.now += 15 * 60_000
})

test('addresses of one IPv6 network are one place, however they are written', () => {
  const same = ['2001:db8::1', '2001:db8:0:0:1::2', '2001:0db8:0000:0000:ffff::3', '2001:db8::abcd:1:2:3']
  assert.equal(new Set(same.map(networkOf)).size, 1)
  assert.notEqual(networkOf('2001:db8:0:1::1'), networkOf('2001:db8::1'))
  assert.equal(networkOf('192.0.2.1'), '192.0.2.1')
  assert.deepEqual(
    [networkOf('192.0.2.1:4711'), networkOf('[2001:db8::1]:4711')],
    ['192.0.2.1', networkOf('2001:db8::9')],
  )
})

test('an unknown login gets the same answer as a wrong password', async () => {
  const [nobody, wrong] = await Promise.all([
    house.visitor().ask('/school', { login: 'khong-co', password: 'x' }),
    house.visitor().ask('/school', { login: 'so-1', password: 'x' }),
  ])
  const plain = (text: string) => text.replace(/value="[^"]*"/g, '')
  assert.equal(plain(nobody.text), plain(wrong.text))
})

test('passwords are kept as hashes, and a new one ends the sessions of the old', async () => {
  for (const { password } of house.db.list<{ password: string }>('select password from staff'))
    assert.match(password, /^scrypt\$/)
  const visitor = await at17('so-1')
  await enterStaff(house.db, [{ login: 'so-1', school: '*', name: 'Điểm tiếp nhận' }])
  assert.equal((await visitor.ask(`/school/${national}`)).location, '/school')
})

test('a staff list with one wrong line enters nobody and names the line', () => {
  const exams = [house.exam(national), house.exam(gradeTen)]
  assert.deepEqual(readStaff('login,school,name\nabc,17-101,Lê, Thị A\n', exams), [
    { login: 'abc', school: '17-101', name: 'Lê, Thị A' },
  ])
  assert.throws(
    () => readStaff('login,school,name\nabc,17-101,A\nabd,17-999,B', exams),
    /line 3: there is no school 17-999/,
  )
  assert.throws(() => readStaff('login,school,name\nA b,17-101,A', exams), /line 2: a login/)
  assert.throws(() => readStaff('a,b', exams), /first line/)
})

test('a pupil’s session opens nothing of the school, and a school’s session no form', async () => {
  const pupil = house.visitor()
  await house.signIn(pupil, 'pupil-21')
  assert.equal((await pupil.ask(`/school/${national}`)).location, '/school')
  assert.equal((await (await at17('nui-ngoc-1')).ask(`/exams/${national}/form`)).location, `/exams/${national}/enter`)
})

test('days are read in the usual spellings, and only calendar days', () => {
  assert.equal(readDay('7/3/2005'), '2005-03-07')
  assert.equal(readDay('29-02-2004'), '2004-02-29')
  for (const wrong of ['29/02/2005', '2005-03-07', '31/04/2005', '', '0/1/2005'])
    assert.equal(readDay(wrong), undefined, wrong)
})
