import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../platform/day.ts'
import { readPdfLines, readPdfPages, readPdfTexts } from '../../platform/pdf/pdf.test-reader.ts'
import { formPaper } from './form-pdf.ts'
import { childForm, form, portrait, receipt, refusal } from './paper.test-sample.ts'
import { receiptPaper } from './receipt-pdf.ts'
import { refusalPaper } from './refusal-pdf.ts'

const a4 = { width: 595.28, height: 841.89 }
const saidIn = (pdf: Buffer) => readPdfLines(pdf).join('')
const without = (text: string) => text.replace(/\s/g, '')

test('the capture form has all known data of the citizen, and a line to write on for the rest', async () => {
  const pdf = await formPaper({ ...form, portrait: await portrait() })
  assert.deepEqual(readPdfPages(pdf), [a4])
  const said = saidIn(pdf)
  const { fullName, birthDate: _, sex: __, ...texts } = form.citizen
  for (const text of [fullName.toUpperCase(), ...Object.values(texts)]) assert.ok(said.includes(without(text)), text)
  for (const { name, number = '' } of form.relatives) assert.ok(said.includes(without(name + number)), name)
  assert.ok(said.includes('Têngọikhác:'))
  assert.ok(said.includes('vântay9ngón'))
  assert.ok(said.includes('MẫuCC01banhànhtheoThôngtư17/2024/TT-BCA'))
  assert.ok(said.includes('MINHHỌA'))
})

test('for a child the representative declares and signs', async () => {
  const said = saidIn(await formPaper(childForm))
  assert.ok(said.includes('Tôilàngườiđạidiệnhợppháp'))
  assert.ok(said.includes('NGƯỜIĐẠIDIỆN') && said.includes('ChìuSủiLìn'))
  assert.ok(said.includes('khôngthunhậnsinhtrắchọc'))
  assert.ok(!said.includes('CÔNGDÂN'))
})

test('the form is named as the law of the day of capture names the card', async () => {
  const titleOf = async (day: string) =>
    saidIn(await formPaper({ ...form, capturedOn: asDay(day) })).includes('THÔNGTINCĂNCƯỚCCÔNGDÂN')
  assert.equal(await titleOf('2023-04-20'), true)
  assert.equal(await titleOf('2024-07-01'), false)
})

test('a long form goes on a second page, and the declaration stays with the place to sign it', async () => {
  const relatives = [...form.relatives, ...form.relatives.slice(0, 2)]
  const pdf = await formPaper({ ...form, relatives })
  assert.deepEqual(readPdfPages(pdf), [a4, a4])
  const pageOf = (text: string) => readPdfTexts(pdf).find(drawn => drawn.text.startsWith(text))?.page
  assert.deepEqual(['Tôi đã kiểm tra', 'CÔNG DÂN', 'CÁN BỘ THU NHẬN'].map(pageOf), [2, 2, 2])
  assert.ok(saidIn(pdf).includes('Trang1/2'))
})

test('the receipt shows the states of card and account separately', async () => {
  const pdf = await receiptPaper(receipt)
  assert.deepEqual(readPdfPages(pdf), [{ width: 419.53, height: 595.28 }])
  const lines = readPdfLines(pdf)
  assert.ok(lines.some(line => line.startsWith('Thẻcăncước(Identitycard)') && line.includes('Đãnhậnhồsơ14/08/2024')))
  assert.ok(saidIn(pdf).includes('báoquatinnhắn'))
  const refused = await receiptPaper({ ...receipt, account: { state: 'refused', level: 2 } })
  assert.ok(saidIn(refused).includes('Khôngtiếpnhận'))
  for (const said of ['8:00–11:30ngày14/08/2024', '25.000đồng', '02033800000', '01thẻcăncướccôngdân,sốcuối234'])
    assert.ok(saidIn(pdf).includes(said), said)
})

test('a receipt has only the last three digits of a phone number and no personal number', async () => {
  const said = saidIn(await receiptPaper({ ...receipt, phoneEnd: '+84 912 345 678', hotline: 'báo trực tiếp' }))
  assert.ok(said.includes('bachữsốcuối678'))
  assert.ok(!said.includes('345678') && !/\d{9}/.test(said.replace(receipt.application.code, '')))
})

test('a receipt says what was not collected or requested', async () => {
  const said = saidIn(
    await receiptPaper({
      ...receipt,
      collected: [],
      fee: undefined,
      appointment: undefined,
      postTo: 'Tổ 5, Khu 3, Hồng Hà',
    }),
  )
  assert.ok(said.includes('Đãthucủacôngdân:không'))
  assert.ok(said.includes('khôngthu'))
  assert.ok(said.includes('Trảthẻquabưuđiệnđến:Tổ5,Khu3,HồngHà'))
  assert.ok(!said.includes('Mờiđếnnhận'))
})

test('a refusal says why, by which law, what to do, who decided and where to complain', async () => {
  const pdf = await refusalPaper(refusal)
  assert.deepEqual(readPdfPages(pdf), [a4])
  const said = saidIn(pdf)
  for (const text of [
    refusal.reason,
    ...refusal.legalBasis,
    ...refusal.steps,
    ...refusal.returned,
    refusal.complaint.office,
    refusal.decidedBy.name,
  ])
    assert.ok(said.includes(without(text)), text)
  assert.ok(said.includes('TằngATài,sinh2021'))
  assert.ok(said.includes('90ngày'))
})

test('a refusal gives the day from which it is possible, or what has to be done first', async () => {
  assert.ok(saidIn(await refusalPaper({ ...refusal, possibleFrom: asDay('2025-03-15') })).includes('Từngày15/03/2025.'))
  assert.ok(saidIn(await refusalPaper(refusal)).includes('khôngphảichờđếnngàynào'))
})
