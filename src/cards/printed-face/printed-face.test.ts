import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import jsqrModule from 'jsqr'
import sharp from 'sharp'
import { asDay } from '../../platform/day.ts'
import { readPdfPages } from '../../platform/pdf/pdf.test-reader.ts'
import { readMrz } from '../mrz.ts'
import { addCard, cardPdf, closeCardPdf, openCardPdf } from './pdf.ts'
import { sidePng, sideSvg } from './png.ts'
import { sample, samples } from './printed-face.test-sample.ts'
import { drawPrintedFace } from './printed-face.ts'
import { qrLine } from './qr-line.ts'
import { card, type Side } from './shape.ts'
import { placeText, type TextBox } from './text.ts'

// The package's types give a namespace, what runs is the function.
const readQr = jsqrModule as unknown as typeof jsqrModule.default
const names = Object.keys(samples)

/**
 * The extent of a path of absolute commands, measured from what is drawn and not from what the drawing says of itself.
 */
function extentOf(d: string): TextBox {
  const numbers = (d.match(/-?[\d.]+/g) ?? []).map(Number)
  const [xs, ys] = [numbers.filter((_, at) => at % 2 === 0), numbers.filter((_, at) => at % 2 === 1)]
  const [x, y] = [xs.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.min(a, b))]
  return { x, y, width: xs.reduce((a, b) => Math.max(a, b)) - x, height: ys.reduce((a, b) => Math.max(a, b)) - y }
}

const isWithin = (inner: TextBox, outer: TextBox, by = 0.05) =>
  inner.x >= outer.x - by &&
  inner.y >= outer.y - by &&
  inner.x + inner.width <= outer.x + outer.width + by &&
  inner.y + inner.height <= outer.y + outer.height + by
/** By more than a hair of 0.05 mm. */
const overlaps = (a: TextBox, b: TextBox, hair = 0.05) =>
  a.x + hair < b.x + b.width && b.x + hair < a.x + a.width && a.y + hair < b.y + b.height && b.y + hair < a.y + a.height

const safe: TextBox = { x: 2, y: 2, width: card.width - 4, height: card.height - 4 }

test('every text stands within its box, within the card and over no other, for any name and address', async () => {
  for (const name of names)
    for (const [which, side] of Object.entries(drawPrintedFace(await sample(name)))) {
      for (const text of side.texts) {
        const ink = extentOf(text.d)
        assert.ok(isWithin(ink, text.box), `${name} ${which} ${text.field} ${JSON.stringify([ink, text.box])}`)
        assert.ok(isWithin(text.box, safe), `${name} ${which} ${text.field} leaves the card`)
      }
      for (const [at, one] of side.texts.entries())
        for (const other of side.texts.slice(at + 1))
          assert.ok(!overlaps(extentOf(one.d), extentOf(other.d)), `${name} ${which}: ${one.field} on ${other.field}`)
    }
})

const said = (side: Side, field: string) =>
  side.texts
    .find(text => text.field === field)
    ?.lines.map(({ text }) => text)
    .join(' ')

test('a long name and a long address are printed whole, and in a readable size', async () => {
  const face = await sample('long')
  const { front, back } = drawPrintedFace(face)
  assert.equal(said(front, 'name-2021'), face.content.fullName.toUpperCase())
  assert.equal(said(front, 'residence-2021'), face.content.residence)
  assert.equal(said(back, 'features'), face.content.features)
  for (const { field, size } of [...front.texts, ...back.texts]) assert.ok(size >= 1.1, field)
})

test('a text that does not fit at its smallest size is refused with its field, and never cut', async () => {
  const face = await sample('short')
  const residence = Array.from({ length: 30 }, () => 'phường Hồng Hải').join(', ')
  assert.throws(() => drawPrintedFace({ ...face, content: { ...face.content, residence } }), {
    code: 'card-text-too-long',
  })
  try {
    drawPrintedFace({ ...face, content: { ...face.content, fullName: 'Nguyễn '.repeat(20) } })
    assert.fail('it was drawn')
  } catch (problem) {
    assert.deepEqual((problem as { facts: unknown }).facts, { field: 'name-2021', letters: 139, smallest: 1.75 })
  }
})

test('signs that the font lacks are refused and named', () => {
  const box = { x: 0, y: 0, width: 50, height: 5 }
  const style = { weight: 'bold', size: 3, floor: 2 } as const
  assert.throws(() => placeText('fullName', 'Nguyễn 王 ƀ', box, style), {
    code: 'card-text-unprintable',
    facts: { field: 'fullName', signs: ['U+738B', 'U+0180'] },
  })
  assert.equal(placeText('fullName', 'Nguye\u0302\u0303n', box, style).lines[0]?.text, 'Nguyễn')
})

test('a birth known in part and a card without term are printed with what is known', async () => {
  const old = drawPrintedFace(await sample('year-only'))
  assert.equal(said(old.front, 'birth-2021'), '1948')
  assert.equal(said(old.front, 'term-2021'), 'Không thời hạn')
  const zone = old.back.texts.find(({ field }) => field === 'mrz')?.lines.map(({ text }) => text)
  const reading = readMrz(zone?.join('\n') ?? '')
  assert.deepEqual(reading.kind === 'mrz' && [reading.birthDate, reading.expiresOn], [{ y: 1948 }, undefined])
})

test('the day of issue decides the layout', async () => {
  const face = await sample('short')
  const fieldsOn = (day: string) => {
    const { front, back } = drawPrintedFace({ ...face, issuedOn: asDay(day) })
    return [said(front, 'title'), said(front, 'hometown'), said(back, 'birth-place')]
  }
  assert.deepEqual(fieldsOn('2024-06-30'), ['CĂN CƯỚC CÔNG DÂN', 'Yên Hải, Quảng Yên, Quảng Ninh', undefined])
  assert.deepEqual(fieldsOn('2024-07-01'), ['CĂN CƯỚC', undefined, 'Phường Hồng Hà, tỉnh Quảng Ninh'])
})

test('a field that the law requires cannot be missing; only a child under six has no portrait', async () => {
  const face = await sample('short-2024')
  const child = {
    ...face,
    portrait: undefined,
    content: { ...face.content, birthDate: { y: 2018, m: 8, d: 6 }, number: '022218000001' },
  }
  assert.ok(!drawPrintedFace(child).front.shapes.some(({ kind }) => kind === 'image'))
  const sixToday = { ...child, content: { ...child.content, birthDate: { y: 2018, m: 8, d: 5 } } }
  assert.throws(() => drawPrintedFace(sixToday), { code: 'card-field-needed', facts: { field: 'portrait' } })
  assert.throws(() => drawPrintedFace({ ...face, content: { ...face.content, birthPlace: ' ' } }), {
    facts: { field: 'birthPlace' },
  })
})

test('a picture of another format, or a truncated one, is refused before anything is drawn', async () => {
  const face = await sample('short-2024')
  const [portrait, signature] = [face.portrait!, face.signature!]
  for (const wrong of [Buffer.from('GIF89a'), signature, portrait.subarray(0, portrait.length / 2), Buffer.alloc(0)])
    assert.throws(() => drawPrintedFace({ ...face, portrait: wrong }), {
      code: 'card-image-unreadable',
      facts: { field: 'portrait' },
    })
  for (const wrong of [portrait, signature.subarray(0, 40), Buffer.alloc(0)])
    assert.throws(() => drawPrintedFace({ ...face, signature: wrong }), {
      code: 'card-image-unreadable',
      facts: { field: 'signature' },
    })
})

test('the QR code of a drawn card can be read from its pixels, also under a mark', async () => {
  for (const name of names) {
    const face = await sample(name)
    const { front, back } = drawPrintedFace(face)
    // Long lines have small modules: what printers work with is 600 dots an inch.
    const png = await sidePng(face.issuedOn < '2024-07-01' ? front : back, { dpi: name.startsWith('long') ? 600 : 300 })
    const { data, info } = await sharp(png)
      .flatten({ background: '#fff' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    assert.equal(
      readQr(new Uint8ClampedArray(data), info.width, info.height)?.data,
      qrLine(face.content, face.issuedOn, face),
      name,
    )
  }
})

test('a side as PNG has the size of the card at its resolution', async () => {
  const { front } = drawPrintedFace(await sample('short'))
  for (const [dpi, width, height] of [
    [300, 1011, 638],
    [600, 2022, 1275],
  ] as const) {
    const { width: wide, height: high, density } = await sharp(await sidePng(front, { dpi })).metadata()
    assert.deepEqual([wide, high, density], [width, height, dpi])
  }
})

test('a specimen is marked on both sides, and a real card is not', async () => {
  const marks = (side: Side) => (sideSvg(side).match(/fill-opacity/g) ?? []).length
  const face = await sample('short')
  const [marked, earnest] = [drawPrintedFace(face), drawPrintedFace({ ...face, specimen: false })]
  assert.deepEqual([marks(marked.front), marks(marked.back)], [2, 2])
  assert.deepEqual([marks(earnest.front), marks(earnest.back)], [0, 0])
})

const at = new Date('2026-01-05T02:00:00Z')

test('a card is two pages of its size, and a sheet of A4 has four cards', async () => {
  const one = readPdfPages(await cardPdf(await sample('short'), { at }))
  assert.deepEqual(
    one,
    Array.from({ length: 2 }, () => ({ width: 242.65, height: 153.01 })),
  )

  const pdf = openCardPdf({ sheets: 'a4', title: 'Thẻ in thử', at })
  const chunks: Buffer[] = []
  pdf.doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  for (let i = 0; i < 5; i++) await addCard(pdf, await sample('short-2024'))
  closeCardPdf(pdf)
  await new Promise(resolve => pdf.doc.once('end', resolve))
  assert.deepEqual(
    readPdfPages(Buffer.concat(chunks)),
    Array.from({ length: 2 }, () => ({ width: 595.28, height: 841.89 })),
  )
})

test('a batch file waits for its reader', async () => {
  const pdf = openCardPdf({ sheets: 'card', title: 'Lô thẻ', at })
  const face = await sample('short')
  let added = 0
  const adding = (async () => {
    for (; added < 60; added++) await addCard(pdf, face)
    closeCardPdf(pdf)
  })()
  while (pdf.doc.readableLength < 1 << 20) await setTimeout(5)
  const before = added
  await setTimeout(400)
  assert.equal(added, before)
  assert.ok(before < 60, 'all were written with nobody reading')
  let bytes = 0
  for await (const chunk of pdf.doc) bytes += (chunk as Buffer).length
  await adding
  assert.equal(added, 60)
  assert.ok(bytes > 1_000_000)
})
