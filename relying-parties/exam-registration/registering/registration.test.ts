import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  aHolder,
  aSite,
  at,
  fillIn,
  firstAnswers,
  gradeTen,
  handInOf,
  hidden,
  national,
  receiptCodeOf,
  register,
  secondAnswers,
} from '../a-site.fixture.ts'
import { readReceiptCode } from './identifier.ts'

const house = await aSite({
  holders: [
    ...Array.from({ length: 30 }, (_, n) => aHolder(n + 1)),
    aHolder(50, { born: '2004-02-29' }),
    aHolder(51, { born: '2006-01-01' }),
    aHolder(60, { born: '2008-03-07', level: 1 }),
  ],
})
after(house.close)

const count = (table: string) => house.db.find<{ n: number }>(`select count(*) as n from ${table}`)?.n

test('a pupil signs in, finds verified data filled in, chooses, submits and has a receipt', async () => {
  const pupil = house.visitor()
  const form = await house.signIn(pupil, 'pupil-1')
  assert.match(form.text, /Phạm Ngọc Ánh 1/)
  assert.match(form.text, /<span>022<\/span><span>3<\/span><span>05<\/span><span>000001<\/span>/)
  assert.match(form.text, /đã xác thực/)
  assert.doesNotMatch(form.text, /<input[^>]*Phạm Ngọc/, 'what is verified is no field')

  const receipt = await register(pupil)
  assert.equal(receipt.status, 200)
  assert.match(receipt.text, /Em đã đăng ký xong/)
  assert.match(receipt.text, /Khoa học tự nhiên/)
  assert.match(receipt.text, /<svg/)
  assert.ok(readReceiptCode(receiptCodeOf(receipt.text)))
})

test('a pupil changes the choice until the close, and every version is kept', async () => {
  const pupil = house.visitor()
  await house.signIn(pupil, 'pupil-2')
  const first = await register(pupil)
  house.now = at('16:30:00')
  const second = await register(pupil, { second: { ...secondAnswers, combination: 'khxh' } })
  assert.match(second.text, /Khoa học xã hội/)
  assert.equal(receiptCodeOf(second.text), receiptCodeOf(first.text))
  assert.match(second.text, /bản 1: 16:00:00, 13\/05\/2023/)
  assert.match(second.text, /bản 2: 16:30:00, 13\/05\/2023/)
})

test('the same form sent twice, as by a double click, registers once', async () => {
  const pupil = house.visitor()
  await house.signIn(pupil, 'pupil-3')
  const form = handInOf((await fillIn(pupil)).text)
  const before = count('version')
  const answers = await Promise.all([1, 2, 3].map(() => pupil.follow(`/exams/${national}/form/hand-in`, form)))
  assert.equal(new Set(answers.map(answer => receiptCodeOf(answer.text))).size, 1)
  assert.equal(count('version'), Number(before) + 1)
})

test('a form from an outdated tab is rejected and the latest version shown', async () => {
  const pupil = house.visitor()
  await house.signIn(pupil, 'pupil-4')
  const older = handInOf((await fillIn(pupil)).text)
  const newer = handInOf((await fillIn(pupil, { second: { ...secondAnswers, language: 'phap' } })).text)
  const refused = await pupil.follow(`/exams/${national}/form/hand-in`, older)
  assert.equal(refused.status, 409)
  assert.match(refused.text, /đổi ở một thẻ hoặc máy khác/)
  assert.match(refused.text, /Tiếng Pháp/)

  await pupil.follow(`/exams/${national}/form/hand-in`, newer)
  const again = await pupil.follow(`/exams/${national}/form/hand-in`, handInOf(refused.text))
  assert.equal(again.status, 409, 'a form of before the first version does not make a second')
})

test('two browsers of one person at the same time make one registration', async () => {
  const [one, two] = [house.visitor(), house.visitor()]
  await house.signIn(one, 'pupil-5')
  await house.signIn(two, 'pupil-5')
  const forms = [
    handInOf((await fillIn(one)).text),
    handInOf((await two.follow(`/exams/${national}/form/hand-in`)).text),
  ]
  const answers = await Promise.all([
    one.ask(`/exams/${national}/form/hand-in`, forms[0]),
    two.ask(`/exams/${national}/form/hand-in`, forms[1]),
  ])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [303, 409])
  assert.equal(
    house.db.find<{ n: number }>(
      `select count(*) as n from registration r join candidate c on c.id = r.candidate_id
        where c.full_name = 'Phạm Ngọc Ánh 5'`,
    )?.n,
    1,
  )
})

test('a new account of the same number is the same person, not a second registration', async () => {
  const pupil = house.visitor()
  await house.signIn(pupil, 'pupil-6')
  await register(pupil)
  const before = count('registration')
  house.issuer.holders.set('pupil-6-anew', { ...aHolder(6), id: 'pupil-6-anew' })
  const again = house.visitor()
  const page = await house.signIn(again, 'pupil-6-anew')
  assert.match(page.text, /Em đã đăng ký xong/)
  await register(again, { second: { ...secondAnswers, language: 'duc' } })
  assert.equal(count('registration'), before)
})

const wrong: readonly (readonly [
  what: string,
  step: 1 | 2,
  given: Record<string, string | string[]>,
  sentence: RegExp,
])[] = [
  ['nothing chosen', 1, { kind: '', school: '' }, /Em chưa chọn mục này/],
  ['a school that is none', 1, { kind: 'pupil', school: '99-999' }, /không có trong danh sách của kỳ thi/],
  ['two kinds at once', 1, { kind: ['pupil', 'continuing'], school: '17-101' }, /Chỉ chọn được một/],
  ['a free candidate who is too young', 1, { kind: 'free', school: '17-190' }, /Năm sinh của em không thuộc diện này/],
  ['both combinations', 2, { ...secondAnswers, combination: ['khtn', 'khxh'] }, /Chỉ chọn được một/],
  ['a language that is not examined', 2, { ...secondAnswers, language: 'la-tinh' }, /không có trong danh sách/],
  ['no venue', 2, { language: 'anh', combination: 'khtn' }, /Em chưa chọn mục này/],
  ['papers that a pupil is not asked for', 2, { ...secondAnswers, papers: 'toan' }, /Còn 1 mục chưa đúng/],
]

for (const [what, step, given, sentence] of wrong)
  test(`a form is refused with a sentence, and the choice stays: ${what}`, async () => {
    const pupil = house.visitor()
    await house.signIn(pupil, 'pupil-7')
    const token = hidden((await pupil.follow(`/exams/${national}/form`)).text, 'token')
    await pupil.follow(`/exams/${national}/form`, { token, ...firstAnswers })
    const answer = await pupil.ask(`/exams/${national}/form${step === 1 ? '' : '/papers'}`, { token, ...given })
    assert.equal(answer.status, 422)
    assert.match(answer.text, sentence)
    if (given['language'] === 'anh') assert.match(answer.text, /value="anh" selected/)
  })

test('a free candidate chooses papers, and subjects only of the chosen combination', async () => {
  const free = house.visitor()
  await house.signIn(free, 'pupil-50')
  const first = { kind: 'free', school: '17-190' }
  const papers = { papers: ['toan', 'to-hop'], venue: 'ha-long', combination: 'khtn' }
  const foreign = await fillIn(free, { first, second: { ...papers, components: ['vat-li', 'dia-li'] } })
  assert.match(foreign.text, /không thuộc bài tổ hợp đã chọn/)
  const unticked = await fillIn(free, { first, second: { ...papers, components: ['vat-li'], language: 'anh' } })
  assert.match(unticked.text, /chưa đánh dấu bài thi của nó/)
  const receipt = await register(free, { first, second: { ...papers, components: ['vat-li', 'hoa-hoc'] } })
  assert.match(receipt.text, /Vật lí<br>Hóa học/)
})

test('a pupil born too late for the exam cannot register in any role', async () => {
  const young = house.visitor()
  await house.signIn(young, 'pupil-51')
  for (const kind of ['pupil', 'continuing', 'free'])
    assert.match((await fillIn(young, { first: { kind, school: '17-101' } })).text, /Kiểm tra thông tin của em/)
  assert.equal((await young.ask(`/exams/${national}/form/hand-in`)).location, `/exams/${national}/form`)
})

test('a level-1 pupil of grade 9 ranks schools without repetition or gap', async () => {
  house.now = at('10:00:00', '2023-05-08')
  const pupil = house.visitor()
  await house.signIn(pupil, 'pupil-60', gradeTen)
  const first = { kind: 'pupil', school: '17-501' }
  const rest = { language: 'anh', venue: 'ba-che' }
  const fill = (preferences: string[]) => fillIn(pupil, { exam: gradeTen, first, second: { ...rest, preferences } })
  assert.match((await fill(['17-101', '17-101', ''])).text, /Một nơi được chọn hai lần/)
  assert.match((await fill(['17-101', '', '17-102'])).text, /bỏ trống ở trên/)
  assert.match((await fill(['17-101', '17-102', '17-103', '17-104'])).text, /quá số nguyện vọng/)
  const receipt = await register(pupil, {
    exam: gradeTen,
    first,
    second: { ...rest, preferences: ['17-103', '17-101', ''] },
  })
  assert.match(receipt.text, /1\. Trường THPT Đồi Thông.*<br>2\. Trường THPT Bến Sương/s)
  house.now = at('16:30:00')
})

test('a form from another site or session, or with a changed key, is refused', async () => {
  const [pupil, other] = [house.visitor(), house.visitor()]
  await house.signIn(pupil, 'pupil-8')
  await house.signIn(other, 'pupil-9')
  await fillIn(other)
  const form = handInOf((await fillIn(pupil)).text)
  const path = `/exams/${national}/form/hand-in`
  assert.equal((await pupil.ask(path, form, { origin: 'https://elsewhere.example' })).status, 403)
  assert.equal((await other.ask(path, form)).status, 403)
  assert.equal(
    (await pupil.ask(path, { ...form, key: `${crypto.randomUUID()}.${form['key']?.split('.')[1]}` })).status,
    403,
  )
  assert.equal((await pupil.ask(path, { ...form, token: '' })).status, 403)
  assert.equal((await pupil.ask(path, form)).status, 303)
})

test('exam forms and receipts need a sign-in, and a slip page does not reveal its owner', async () => {
  const stranger = house.visitor()
  for (const path of ['form', 'form/papers', 'form/hand-in', 'receipt', 'receipt/print'])
    assert.equal((await stranger.ask(`/exams/${national}/${path}`)).location, `/exams/${national}/enter`)
  const code = house.db.find<{ code: string }>('select code from registration limit 1')?.code
  const slip = await stranger.ask(`/slips/${code}`)
  assert.match(slip.text, /Phiếu này có thật/)
  assert.doesNotMatch(slip.text, /Phạm|0223/)
  assert.equal((await stranger.ask('/slips/BCDFGHJKM')).status, 404)
})

test('names with markup, long names and one-letter names are shown unchanged', async () => {
  const names = ['Chìu A Sáng', `Công Tằng Tôn Nữ ${'Hoàng Nguyễn Quỳnh '.repeat(4)}Ngân`, `H'Hen <b>Niê</b> & "K"`]
  for (const [n, name] of names.entries()) {
    house.issuer.holders.set(`named-${n}`, { ...aHolder(100 + n, { name }), id: `named-${n}` })
    const page = await house.signIn(house.visitor(), `named-${n}`)
    assert.equal(page.status, 200)
    assert.ok(
      page.text.includes(
        name
          .replace(/&/g, '&amp;')
          .replace(/</g, '&lt;')
          .replace(/>/g, '&gt;')
          .replace(/"/g, '&quot;')
          .replace(/'/g, '&#39;'),
      ),
    )
  }
})
