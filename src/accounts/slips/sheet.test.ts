import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { asDay } from '../../platform/day.ts'
import { qrPath } from '../../platform/pages/qr-path.ts'
import { pathOperators } from '../../platform/pdf/path-operators.ts'
import { readPdfLines, readPdfPages, readPdfTexts } from '../../platform/pdf/pdf.test-reader.ts'
import { mm } from '../../platform/pdf/pdf.ts'
import { decodeSecret, drawSecret, encodeSecret } from '../paper-secret.ts'
import { drawSlipSheet, type SlipSheet } from './sheet.ts'

const slip = (name: string, at: number) => ({
  name,
  lastFour: String(1000 + at),
  secret: '7K2M-09QX-VB4T-H3ZD-5RTN-8WQ2-KM4P',
  lastOn: asDay('2023-05-04'),
})
const names = ['Phạm Ngọc Ánh', 'Công Tằng Tôn Nữ Phương Nguyễn Hoàng Khánh Quỳnh', 'Chìu Sủi Lìn', 'Tằng A Tài']
const sheet: SlipSheet = {
  slips: names.map(slip),
  unit: 'Công an phường Hà Khánh',
  origin: 'https://dinhdanh.congan.quangninh.gov.vn',
  printedAt: new Date('2023-04-20T02:00:00Z'),
  isDemonstration: true,
}

test('slips are printed three to a page, with no more of a person than name and four digits', async () => {
  const pdf = await drawSlipSheet(sheet)
  assert.equal(readPdfPages(pdf).length, 2)
  const texts = readPdfTexts(pdf)
  for (const [at, name] of names.entries()) {
    const places = texts.filter(
      ({ text }) => name.startsWith(text) && text.length > 1 && text.startsWith(name.slice(0, 1)),
    )
    const holder = places.find(({ page }) => page === Math.floor(at / 3) + 1)
    assert.ok(holder && Math.floor(holder.y / (99 * mm)) === at % 3, name)
  }
  const lines = readPdfLines(pdf)
  for (const said of [
    'Sốđịnhdanhkếtthúcbằng1000',
    'Dùngmộtlần,đếnhếtngày04/05/2023',
    '7K2M-09QX-VB4T-H3ZD-',
    '5RTN-8WQ2-KM4P',
    'dinhdanh.congan.quangninh.gov.vn/activate/slip',
  ])
    assert.ok(
      lines.some(line => line.includes(said)),
      said,
    )
})

test('the QR code leads to the page with the slip’s code, and the cover stays in its edges', async () => {
  const pdf = await drawSlipSheet({ ...sheet, slips: sheet.slips.slice(0, 1) })
  const drawn = [...pdf.toString('latin1').matchAll(/\/Length (\d+)\n\/Filter \/FlateDecode\n>>\nstream\n/g)].map(
    ({ 0: head, 1: length, index }) =>
      inflateSync(pdf.subarray(index + head.length, index + head.length + Number(length))).toString('latin1'),
  )
  const content = drawn.join('\n')
  const { d } = qrPath(`${sheet.origin}/activate/slip#7K2M-09QX-VB4T-H3ZD-5RTN-8WQ2-KM4P`)
  assert.ok(content.includes(pathOperators(d)))
  assert.equal(
    content.includes(pathOperators(qrPath(`${sheet.origin}/activate/slip#7K2M-09QX-VB4T-H3ZD-5RTN-8WQ2-KM4Q`).d)),
    false,
  )
  assert.match(content, /re\nW n\n/)
})

test('whatever is written on a slip stays within its third, and its two halves apart', async () => {
  const texts = readPdfTexts(await drawSlipSheet(sheet))
  for (const { page, y, text } of texts)
    assert.ok(y % (99 * mm) > 5 * mm && y % (99 * mm) < 95 * mm, `page ${page}: ${text} at ${y}`)
})

test('140 bits are written in 28 signs and read back however they are typed', () => {
  const bytes = Buffer.from('00112233445566778899aabbccddeeff0123', 'hex')
  const text = encodeSecret(bytes)
  assert.match(text, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}$/)
  const bare = text.replaceAll('-', '')
  for (const typed of [
    text,
    bare,
    ` ${text.toLowerCase()} `,
    text.replaceAll('0', 'O').replaceAll('1', 'l'),
    text.replaceAll('-', ' '),
  ])
    assert.equal(decodeSecret(typed), bare, typed)
  for (const wrong of ['', bare.slice(1), `${bare}0`, bare.replace(/.$/, 'U')])
    assert.equal(decodeSecret(wrong), undefined, wrong)
  assert.notEqual(encodeSecret(Buffer.from('00112233445566778899aabbccddeeff0113', 'hex')), text)
})

test('whoever has a copy of the hashes cannot try out what is on paper: each secret has 128 bits and more', () => {
  const drawn = Array.from({ length: 500 }, () => decodeSecret(drawSecret()) ?? assert.fail('not read'))
  assert.equal(new Set(drawn).size, drawn.length)
  for (const secret of drawn) assert.ok(secret.length * 5 >= 128, secret)
  // Every place has every sign: no bit of them is fixed.
  for (let at = 0; at < 28; at += 1) assert.equal(new Set(drawn.map(secret => secret[at])).size, 32, `place ${at}`)
})

test('a slip of sixteen characters that was printed before is read as it was', () => {
  assert.equal(decodeSecret('7K2M-09QX-VB4T-H3ZD'), '7K2M09QXVB4TH3ZD')
})
