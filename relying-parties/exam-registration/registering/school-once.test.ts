import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { aHolder, aSite, at, hidden, national, register, type Visitor } from '../a-site.fixture.ts'
import { enterStaff } from './school.ts'

const house = await aSite({ holders: [aHolder(1), aHolder(2)], now: at('10:00:00', '2023-05-12') })
after(house.close)
const [staff] = await enterStaff(house.db, [{ login: 'so-1', school: '*', name: 'Điểm tiếp nhận' }])

async function office(): Promise<Visitor> {
  const visitor = house.visitor()
  assert.equal((await visitor.ask('/school', { login: 'so-1', password: staff?.password ?? '' })).status, 303)
  return visitor
}
const desk = await office()
const codes = () =>
  house.db.find<{ n: number }>('select count(*) as n from candidate where temporary_code is not null')?.n
const codeOf = (page: string) =>
  /class="code"><span class="groups">((?:<span>\w{4}<\/span>){3})/.exec(page)?.[1]?.replace(/<\/?span>/g, '') ?? ''
const passwordOf = (page: string) => /class="code">([a-z]{10})</.exec(page)?.[1] ?? ''

/** All that a form of the page would send, with what a person types. */
const formOf = (page: string, typed: Record<string, string>) => ({
  token: hidden(page, 'token'),
  key: hidden(page, 'key'),
  ...typed,
})
const laos = { name: 'Khamphanh Souvannavong', born: '7/3/2005', gender: 'male', paper: 'Hộ chiếu Lào P1234567' }

test('a code form sent twice makes one code, and both answers show the same code and password', async () => {
  const form = formOf((await desk.ask('/school/new-code')).text, laos)
  const pressedTwice = await Promise.all([desk.ask('/school/new-code', form), desk.ask('/school/new-code', form)])
  const later = await desk.ask('/school/new-code', form)
  assert.equal(codes(), 1)
  const slips = [...pressedTwice, later].map(({ text }) => `${codeOf(text)} ${passwordOf(text)}`)
  assert.deepEqual(slips, Array(3).fill(slips[0]))
  assert.match(later.text, /Mẫu này đã gửi rồi[\s\S]*không có mã thứ hai/)

  const pupil = house.visitor()
  const [code = '', password = ''] = slips[0]!.split(' ')
  assert.equal((await pupil.ask('/code', { code, password })).status, 303)
  assert.equal(
    house.db.find(`select 1 from candidate where form_key = ?`, form.key.split('.')[0] ?? ''),
    undefined,
    'the key is kept as a hash',
  )
})

test('a used form sent for another candidate makes no code, and says whose form it was', async () => {
  const used = formOf((await desk.ask('/school/new-code')).text, {
    ...laos,
    paper: 'Hộ chiếu Lào P7654321',
    born: '8/3/2005',
  })
  const first = codeOf((await desk.ask('/school/new-code', used)).text)
  const before = codes()
  const told = await desk.ask('/school/new-code', {
    ...used,
    name: 'Somchai Phommasan',
    born: '9/9/2004',
    paper: 'Hộ chiếu Lào P2222222',
  })
  assert.equal(told.status, 409)
  assert.match(told.text, /Mẫu này đã dùng để cấp mã cho <b>Khamphanh Souvannavong<\/b>, 08\/03\/2005/)
  assert.equal(codeOf(told.text), first)
  assert.equal(codes(), before)
  const more = await desk.ask(
    '/school/new-code',
    formOf(told.text, { name: 'Somchai Phommasan', born: '9/9/2004', gender: 'male', paper: 'Hộ chiếu Lào P2222222' }),
  )
  assert.match(more.text, /Somchai Phommasan/)
  assert.notEqual(codeOf(more.text), first)
})

test('a paper gives one code only, over all forms and desks, unless the office confirms another', async () => {
  const given = codeOf(
    (
      await desk.ask(
        '/school/new-code',
        formOf((await desk.ask('/school/new-code')).text, { ...laos, born: '10/3/2005', paper: 'Hộ chiếu Lào P999' }),
      )
    ).text,
  )
  const before = codes()
  const other = await office()
  const again = { name: 'Khamphan Suvannavong', born: '10-03-2005', gender: 'male', paper: 'hộ chiếu Lào: P 999' }
  const told = await other.ask('/school/new-code', formOf((await other.ask('/school/new-code')).text, again))
  assert.equal(told.status, 409)
  assert.match(told.text, /Giấy tờ này đã được cấp mã/)
  assert.equal(codeOf(told.text), given)
  assert.equal(codes(), before)
  const stranger = await other.ask('/school/new-code', formOf(told.text, { ...again, another: 'yes' }))
  assert.ok(passwordOf(stranger.text))
  assert.equal(codes(), (before ?? 0) + 1)
})

test('a code form of another session or with a changed key makes no code', async () => {
  const before = codes()
  const page = (await desk.ask('/school/new-code')).text
  const other = await office()
  const [id = '', signature = ''] = hidden(page, 'key').split('.')
  for (const key of ['', id, `${id}.`, `${id.replace(/^./, 'x')}.${signature}`])
    assert.equal((await desk.ask('/school/new-code', { ...laos, born: '1/1/2005', key })).status, 403, key)
  assert.equal(
    (await other.ask('/school/new-code', { ...laos, born: '1/1/2005', key: hidden(page, 'key') })).status,
    403,
  )
  assert.equal(codes(), before)
})

test('a school’s decision sent again counts once, and undoes no later decision', async () => {
  const pupil = house.visitor()
  await house.signIn(pupil, 'pupil-1')
  await register(pupil)
  const { id, reviews } = {
    id: house.db.find<{ id: string }>('select id from registration')?.id ?? '',
    reviews: () =>
      house.db.list<{ outcome: string }>('select outcome from review order by at, rowid').map(({ outcome }) => outcome),
  }
  const path = `/school/${national}/${id}`
  const page = (await desk.ask(path)).text
  const form = formOf(page, { version: hidden(page, 'version') })
  const returned = { ...form, verdict: 'returned', reason: 'Nơi thi chưa đúng.' }
  for (let n = 0; n < 2; n++) assert.equal((await desk.ask(path, returned)).status, 303)
  assert.deepEqual(reviews(), ['returned'])

  const other = await office()
  const fresh = (await other.ask(path)).text
  await other.ask(path, formOf(fresh, { version: hidden(fresh, 'version'), verdict: 'confirmed' }))
  assert.equal((await desk.ask(path, returned)).status, 303)
  assert.deepEqual(reviews(), ['returned', 'confirmed'])
  assert.equal(house.db.find<{ state: string }>('select state from registration')?.state, 'confirmed')

  // Another deed of the page that stands open is one of its own.
  assert.equal((await desk.ask(path, { ...form, verdict: 'printed' })).status, 303)
  assert.deepEqual(reviews(), ['returned', 'confirmed', 'printed'])
})
