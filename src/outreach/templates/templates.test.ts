import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { asDay } from '../../platform/day.ts'
import { Problem } from '../../platform/problem.ts'
import { breachesOf } from '../law.ts'
import { ordinary, reason, someone } from '../sending.fixture.ts'
import { fullText, renderTemplate, type TemplateMessage } from './every-message.ts'
import { longestPhoneText, segmentsOf, septets, withoutMarks } from './phone-text.ts'
import { templates, type Wording } from './templates.ts'

const day = asDay('2023-04-20')
const languages = ['vi', 'en'] as const
const origin = 'https://dinhdanh.congan.quangninh.gov.vn'

const outgoing = (said: TemplateMessage, language: 'vi' | 'en', kind: 'email' | 'phone', at = origin) => {
  const { body, page } = renderTemplate(said, { language, kind, day })
  return fullText({ body, language, kind, ...(page !== undefined && { page }) }, at)
}

const wordings: readonly (readonly [name: string, facts: readonly string[], wording: Wording])[] = Object.entries(
  templates,
).flatMap(([name, { facts, vi, en }]) => [vi, en].map(wording => [name, Object.keys(facts), wording] as const))

test('what carries a secret or a sign-in link is over within minutes, and so never sent elsewhere', () => {
  const passing = Object.entries(templates).filter(([, { facts }]) => 'minutes' in facts)
  const secret = Object.entries(templates).filter(([, { facts }]) =>
    Object.values(facts).some(kind => kind === 'secret'),
  )
  assert.deepEqual(
    secret.filter(([name]) => !passing.some(([other]) => other === name)),
    [],
  )
  assert.ok(passing.some(([name]) => name === 'officer-link'))
})

test('every template is tested here, and uses exactly its declared facts', () => {
  assert.deepEqual(ordinary.map(({ template }) => template).sort(), Object.keys(templates).sort())
  for (const [name, facts, { subject, text, phone }] of wordings) {
    const marks = [...[subject, ...text, phone].join(' ').matchAll(/\{(\w+)!?\}/g)].map(([, mark]) => mark)
    assert.deepEqual(
      marks.filter(mark => mark !== 'card' && !facts.includes(mark ?? '')),
      [],
      name,
    )
    for (const part of [text.join(' '), phone])
      assert.deepEqual(
        facts.filter(fact => fact !== 'page' && fact !== 'receipt' && !part.includes(`{${fact}}`)),
        [],
        name,
      )
  }
})

test('no message threatens, asks for a one-time code, or links to a foreign site', () => {
  for (const said of ordinary)
    for (const language of languages)
      for (const kind of ['email', 'phone'] as const) {
        const { subject } = renderTemplate(said, { language, kind, day })
        const text = outgoing(said, language, kind)
        const link = 'page' in said.facts ? `${origin}${said.facts.page}` : 'no link'
        const links = kind === 'email' && 'page' in said.facts ? 1 : 0
        assert.equal(text.split(link).length - 1, links, `${said.template}: one link by mail, none to a phone`)
        assert.deepEqual(
          breachesOf(`${subject}\n${text.replace(link, '')}`),
          [],
          `${said.template} ${language} ${kind}`,
        )
      }
})

test('the wording check finds scam phrases, and passes plain text', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['Truy cập http://vneid-kichhoat.example để kích hoạt', 'link'],
    ['Vào dichvucong-gov.top ngay', 'link'],
    ['Mở WWW.VNEID.COM', 'link'],
    ['Cài ứng dụng từ 103.27.61.9', 'link'],
    ['Đọc mã OTP cho cán bộ', 'one-time-code'],
    ['Gửi lại mã xác thực vừa nhận', 'one-time-code'],
    ['Tell us your password', 'one-time-code'],
    ['Ông/bà sẽ bị khóa tài khoản', 'threat'],
    ['Không kích hoạt thì bị phạt', 'threat'],
    ['You will be fined', 'threat'],
  ]
  for (const [text, breach] of wrong) assert.deepEqual(breachesOf(text), [breach], text)
  for (const text of [
    'P.Ga, TP.Hạ Long',
    'gọi 1900.0368',
    'hồ sơ 000.00.00.H49-230420-0001',
    'sai sót bị phát hiện',
    'ngày 04/05/2023',
  ])
    assert.deepEqual(breachesOf(text), [], text)
})

test('an officer’s reason passes the same wording check, or is refused with its fault', () => {
  const refused = (vi: string) => {
    try {
      renderTemplate(
        { ...returned, facts: { ...returned.facts, reason: { ...reason, vi } } },
        { language: 'vi', kind: 'email', day },
      )
    } catch (error) {
      assert.ok(error instanceof Problem)
      return [error.code, error.facts['breach']]
    }
    return undefined
  }
  assert.deepEqual(refused('Xem https://elsewhere.example/'), ['message-unlawful', 'link'])
  assert.deepEqual(refused('Đọc mã OTP'), ['message-unlawful', 'one-time-code'])
  assert.deepEqual(refused('Không đến sẽ bị phạt tiền'), ['message-unlawful', 'threat'])
  assert.equal(refused('Ảnh mờ'), undefined)
})

const returned = ordinary.find(said => said.template === 'application-returned') ?? assert.fail()

test('a fact cannot add a line or punctuation to a text, and is never empty', () => {
  const named = (person: string) =>
    renderTemplate(
      { ...returned, facts: { ...returned.facts, person, receipt: 'A-1' } },
      { language: 'vi', kind: 'email', day },
    )
  const { body, subject } = named('An\r\nBcc: all@elsewhere\u2028 {unit}\u202e')
  assert.match(body, /công dân An Bcc: all@elsewhere \{unit\} được/)
  assert.doesNotMatch(subject, /[\p{C}\u2028]/u)
  for (const facts of [
    { receipt: 'A-1\r\nBcc: x' },
    { page: '//elsewhere.example' },
    { page: 'https://elsewhere.example' },
    { person: ' \u200b' },
  ])
    assert.throws(
      () =>
        renderTemplate({ ...returned, facts: { ...returned.facts, ...facts } }, { language: 'vi', kind: 'email', day }),
      RangeError,
      JSON.stringify(facts),
    )
})

test('an e-mail keeps its marks; a phone text has none, and the name in capitals', () => {
  const email = outgoing(returned, 'vi', 'email')
  assert.match(
    email,
    new RegExp(
      String.raw`^Kính gửi ông\/bà,\n\nHồ sơ HN-0193-000127 cấp thẻ căn cước công dân của công dân ` +
        'Nguyễn Thị Quỳnh Hương được trả lại',
    ),
  )
  assert.match(
    email,
    new RegExp(
      String.raw`Lý do: Ảnh chân dung bị mờ, cần chụp lại\n\nĐơn vị xử lý tiếp: Công an phường Hà ` +
        String.raw`Khánh\n\nHạn xử lý: ngày 04\/05\/2023`,
    ),
  )
  assert.equal(
    outgoing(returned, 'vi', 'phone'),
    'Ho so HN-0193-000127 cua cong dan NGUYEN THI QUYNH HUONG duoc tra lai de hoan thien. Ly do: ' +
      'Anh chan dung bi mo, can chup lai. ' +
      'Cong an phuong Ha Khanh xu ly tiep, han 04/05/2023. Khong phai nop lai tu dau. ' +
      'Xem tren trang dinh danh cua tinh hoac hoi cong an noi cu tru.',
  )
  assert.match(outgoing(returned, 'en', 'email'), /was returned to be completed\.\n\nReason: The portrait is blurred/)
})

test('a card is called what the law of the day calls it', () => {
  const on = (text: string) => renderTemplate(returned, { language: 'vi', kind: 'email', day: asDay(text) }).body
  assert.match(on('2024-06-30'), /cấp thẻ căn cước công dân của/)
  assert.match(on('2024-07-01'), /cấp thẻ căn cước của/)
})

test('phone texts count seven-bit letters; brackets and the euro sign take two', () => {
  assert.equal(
    withoutMarks('Đường Nguyễn Thị Minh Khai – “số 7”, ‘Ấp Đông’…'),
    `Duong Nguyen Thi Minh Khai - "so 7", 'Ap Dong'...`,
  )
  assert.equal(withoutMarks('王 Иван'), '? ????')
  assert.equal(septets('[€]'), 6)
  assert.deepEqual(
    [160, 161, 306, 307, longestPhoneText].map(length => segmentsOf('a'.repeat(length))),
    [1, 2, 2, 3, 3],
  )
})

const longest: Readonly<Record<string, unknown>> = {
  person: 'Công Tằng Tôn Nữ Nguyễn Phúc Hoàng Thị Quỳnh Hương Thiên Trang',
  receipt: '000.00.00.H49-230420-0001-CC',
  form: 'CC03',
  unit: 'Đội Cảnh sát quản lý hành chính về trật tự xã hội, Công an thành phố Hạ Long',
  place: 'Đội Cảnh sát quản lý hành chính về trật tự xã hội, Công an thành phố Hạ Long',
  school: 'Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên thành phố Móng Cái',
  reason: {
    vi: 'Thông tin trên hồ sơ không khớp với Cơ sở dữ liệu quốc gia về dân cư. '.repeat(6),
    en: 'The data do not agree. '.repeat(12),
  },
  remedy: {
    vi: 'Đăng ký lại bằng số điện thoại chính chủ của mình. '.repeat(6),
    en: 'Register with your own number. '.repeat(9),
  },
  page: `/bien-nhan/${'x'.repeat(49)}`,
}

test('with the longest names a phone text takes three segments, keeps its facts and names the place', () => {
  for (const said of ordinary)
    for (const language of languages) {
      const facts = Object.fromEntries(
        Object.entries(said.facts).map(([name, value]) => [name, longest[name] ?? value]),
      )
      const text = outgoing({ template: said.template, facts } as TemplateMessage, language, 'phone')
      assert.ok(segmentsOf(text) <= 3, `${said.template} ${language}: ${septets(text)}`)
      assert.ok(!('person' in facts) || text.includes('CONG TANG TON NU'), text)
      if ('page' in facts) assert.ok(text.endsWith({ vi: 'noi cu tru.', en: 'where you live.' }[language]), text)
      assert.ok(!text.includes('//'), text)
      if ('receipt' in facts) assert.ok(text.includes('H49-230420-0001'), text)
      if ('by' in facts) assert.ok(text.includes({ vi: '04/05/2023', en: '4 May 2023' }[language]), text)
    }
})

test('what may be refused ends with how, without a link, also where names are long; what is owed does not', () => {
  const endings = { vi: 'soan TC gui 8155.', en: 'text TC to 8155.' }
  for (const said of ordinary)
    for (const language of languages) {
      const { refusable = false } = templates[said.template] as { refusable?: true }
      const facts = Object.fromEntries(
        Object.entries(said.facts).map(([name, value]) => [name, longest[name] ?? value]),
      )
      const written = (one: TemplateMessage, kind: 'phone' | 'email' | 'letter', refuseTo?: string) => {
        const { body, page } = renderTemplate(one, { language, kind, day })
        return fullText({ body, language, kind, refusable, ...(page !== undefined && { page }) }, origin, refuseTo)
      }
      const long = written({ template: said.template, facts } as TemplateMessage, 'phone', '8155')
      assert.equal(long.endsWith(endings[language]), refusable, long)
      assert.ok(segmentsOf(long) <= 3, long)
      const usual = written(said, 'phone', '8155')
      if (refusable) assert.ok(segmentsOf(usual) <= (said.template === 'session-invitation' ? 3 : 2), usual)
      // Where no gateway hears an answer nobody is asked for one.
      const unheard = written(said, 'phone')
      assert.equal(/cong an xa, phuong hoac o trang Cong dan\.$|citizens' page\.$/.test(unheard), refusable, unheard)
      assert.deepEqual(breachesOf(unheard), [])
      for (const kind of ['email', 'letter'] as const)
        assert.equal(/Nếu không muốn nhận thư nhắc|If you want no more reminders/.test(written(said, kind)), refusable)
    }
})

test('ordinary facts are not cut', () => {
  for (const said of ordinary)
    for (const language of languages) {
      const text = outgoing(said, language, 'phone')
      assert.ok(
        !text.includes('...') && (!('person' in said.facts) || text.includes(withoutMarks(someone).toUpperCase())),
        text,
      )
    }
})

test('no phone text takes a fourth segment; it drops the link if the origin is too long', () => {
  const line = fc
    .string({ minLength: 1, maxLength: 400, unit: 'grapheme' })
    .filter(text => /[a-z]/.test(text) && breachesOf(text).length === 0)
  fc.assert(
    fc.property(line, line, line, fc.integer({ min: 1, max: 200 }), (person, unit, words, length) => {
      const facts = {
        ...returned.facts,
        person: `a ${person}`,
        unit: `a ${unit}`,
        reason: { vi: `a ${words}`, en: words },
      }
      const text = outgoing({ ...returned, facts }, 'vi', 'phone', `https://${'h'.repeat(length)}`)
      assert.ok(segmentsOf(text) <= 3, text)
    }),
    { numRuns: 300 },
  )
  assert.ok(!outgoing(returned, 'vi', 'phone', `https://${'h'.repeat(400)}`).includes('https://'))
})
