import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { create } from 'qrcode'
import { asDay } from '../../platform/day.ts'
import { setRehearsalMark } from '../../platform/pages/rehearsal-mark.ts'
import { aDraft, aFunnel, aLine, aPublished, aSheet, longName, manyCommunes } from './sheet.test-sample.ts'
import { type Drawn, readPdf } from './sheet-pdf.test-reader.ts'
import { sheetPdf } from './sheet-pdf.ts'

const drawn = async (...asked: Parameters<typeof sheetPdf>) => readPdf(await buffer(sheetPdf(...asked)))

/** Everything in the order in which it was drawn, as one text. */
const read = (texts: readonly Drawn[]) =>
  texts
    .map(({ text }) => text)
    .join(' ')
    .replace(/\s+/g, ' ')

/** The head of a column, whose left edge the names share. */
const isNameColumn = ({ x }: Drawn) => Math.abs(x - nameEdge) < 0.01
const nameEdge = 61.7

test('the paper says 16 % and 16,597 % of 723,000, in the sentence and in the table', async () => {
  const { pages, texts } = await drawn(aSheet(), { ...aPublished, funnel: aFunnel }, 'vi')

  assert.equal(pages, 1, 'a province of few districts is one sheet')
  const text = read(texts)
  assert.match(
    text,
    /Toàn tỉnh đã kích hoạt 120\.000 trên 723\.000 tài khoản được giao, đạt 16% ?\(chính xác 16,597%\)\./,
  )
  assert.match(
    text,
    /Còn 48 ngày làm việc đến 30\/06\/2023, mỗi ngày cần 12\.563 ?\. Dự báo đến hạn: 268\.000 đến 357\.000 ?\./,
  )
  assert.ok(
    texts.some(({ text, font }) => text === '16,597' && font.startsWith('BeVietnamProFigures')),
    'the exact rate of the whole row',
  )
  assert.ok(!text.includes('17%') && !text.includes('16,598'))
  assert.ok(text.includes('321.900 người đã được duyệt nhưng chưa kích hoạt.'), 'where most stopped')
})

test('two hundred units fill several numbered pages, each with the table head, in order and without loss', async () => {
  const below = manyCommunes(200)
  const { pages, texts } = await drawn(aSheet({ below }), aDraft, 'vi')

  assert.ok(pages >= 5)
  const places = texts.filter(({ text, x, font }) => /^\d+$/.test(text) && x < nameEdge && font.includes('Figures'))
  assert.deepEqual(
    places.map(({ text }) => Number(text)),
    below.map((_, i) => i + 1),
  )
  for (let page = 1; page <= pages; page += 1) {
    const here = texts.filter(drawnText => drawnText.page === page)
    assert.ok(
      here.some(({ text }) => text === `Trang ${page}/${pages}`),
      `page ${page} is counted`,
    )
    if (!places.some(place => place.page === page)) continue
    assert.equal(here.filter(({ text }) => text === 'Lũy kế').length, 1, `page ${page} has the head of the table`)
    const head = here.find(({ text }) => text === 'Lũy kế')
    assert.ok(
      places.every(place => place.page !== page || place.y > (head?.y ?? 0)),
      'the head stands above its rows',
    )
  }
})

test('the whole never stands alone on a page, however many units there are', async () => {
  for (let count = 26; count <= 40; count += 1) {
    const { texts } = await drawn(aSheet({ below: manyCommunes(count) }), aDraft, 'vi')
    const last = texts.find(({ text, x, font }) => text === String(count) && x < nameEdge && font.includes('Figures'))
    const whole = texts.find(({ text }) => text === 'Toàn tỉnh')
    assert.equal(whole?.page, last?.page, `of ${count} units`)
    assert.ok((whole?.y ?? 999) < 793, `its row ends above the foot with ${count} units`)
  }
})

test('a long name is whole, on lines of its own row, and the row is not split', async () => {
  const below = manyCommunes(200)
  const { texts } = await drawn(aSheet({ below }), aDraft, 'vi')

  const table = texts.slice(
    texts.findIndex(({ text }) => text === 'Cần/ngày'),
    texts.findIndex(({ text }) => text === 'Toàn tỉnh'),
  )
  const names = new Map<number, Drawn[]>()
  let place = 0
  for (const piece of table) {
    if (piece.font.includes('Figures') && piece.x < nameEdge) place = Number(piece.text)
    else if (place > 0 && isNameColumn(piece) && piece.text !== 'Đơn vị')
      names.set(place, [...(names.get(place) ?? []), piece])
  }
  assert.equal(names.size, 200)
  for (const [at, lines] of names) {
    assert.equal(lines.map(({ text }) => text).join(' '), below[at - 1]?.unit.name)
    assert.equal(new Set(lines.map(({ page }) => page)).size, 1, `row ${at} stays on its page`)
    for (const { y } of lines) assert.ok(y < 797, `row ${at} ends above the foot`)
  }
  assert.ok((names.get(4)?.length ?? 0) > 1, 'the long one takes lines')
})

test('a name of one endless word, a number of millions and a long author stay on the paper', async () => {
  const endless = `Xã ${'Nghiêng'.repeat(12)}`
  const below = [
    aLine('1', endless, 1_234_567, 3_456_789, { above: 'target-below-cohort', planned: 1_234_567 }),
    aLine('2', longName, null, 12),
  ]
  const campaign = { ...aSheet().campaign, title: 'Chiến dịch cấp thẻ và kích hoạt tài khoản '.repeat(5) }
  const { texts, pages } = await drawn(
    aSheet({ below, campaign }),
    { ...aPublished, author: `Nguyễn Thị Minh Khai, ${longName}` },
    'vi',
  )

  assert.equal(pages, 1)
  assert.equal(
    texts
      .filter(isNameColumn)
      .map(({ text }) => text)
      .join('')
      .includes(endless.replace(' ', '')),
    true,
  )
  for (const { text } of texts.filter(isNameColumn)) assert.ok(text.length < 32, `“${text}” stays in its column`)
  assert.ok(read(texts).includes('280,000'), 'a rate above 100 % stays above')
  for (const { x, y, text } of texts)
    assert.ok(x >= 39 && x < 556 && y > 39 && y < 835, `“${text}” stands at ${x}, ${y}`)
})

test('digits of a column stand one below the other, though the font’s own are of several widths', async () => {
  const below = [
    aLine('1', 'Xã Một', 111_111, 11_111),
    aLine('2', 'Xã Hai', 484_848, 84_848),
    aLine('3', 'Xã Ba', 700_607, 70_067),
  ]
  const { texts } = await drawn(aSheet({ below }), aDraft, 'vi')

  for (const column of [
    ['111.111', '484.848', '700.607'],
    ['11.111', '84.848', '70.067'],
  ]) {
    const lefts = column.map(
      text => texts.find(found => found.text === text && found.font.includes('Figures'))?.x ?? Number.NaN,
    )
    assert.ok(Math.max(...lefts) - Math.min(...lefts) < 0.01, `${column} begin at ${lefts}`)
  }
})

test('every sheet of a rehearsal says that it is one, in its language; a real one says nothing', async () => {
  setRehearsalMark(() => asDay('2023-04-20'))
  try {
    const { pages, texts } = await drawn(aSheet({ below: manyCommunes(80) }), aDraft, 'vi')
    assert.ok(pages > 1)
    assert.equal(texts.filter(({ text }) => / 20\/04\/2023 . kh/.test(text)).length, pages)
    assert.match(read((await drawn(aSheet(), aDraft, 'en')).texts), /business day 20 April 2023 . of no legal value/)
  } finally {
    setRehearsalMark(() => undefined)
  }
  assert.doesNotMatch(read((await drawn(aSheet(), aDraft, 'vi')).texts), /20\/04\/2023 . kh/)
})

test('a published sheet has its code, its whole fingerprint, a code to scan and room for two signatures', async () => {
  const { texts, rectangles } = await drawn(aSheet(), aPublished, 'vi')

  const text = read(texts)
  assert.ok(text.includes('QN-20230420-1') && text.includes('Số công bố lần 1.'))
  assert.ok(
    text.includes('7c1e 94b0 2af3 d85a 0b1c 2d3e 4f50 6172') &&
      text.includes('8394 a5b6 c7d8 e9fa 0b1c 2d3e 4f50 6172'),
  )
  assert.ok(text.includes('NGƯỜI LẬP BIỂU') && text.includes('THỦ TRƯỞNG ĐƠN VỊ'))
  assert.ok(!text.includes('bản nháp'))

  const { modules } = create(`QN-20230420-1 sha256:${aPublished.published?.sha256}`, { errorCorrectionLevel: 'M' })
  const side = 66 / modules.size
  const of = rectangles.filter(({ x, height }) => x < 106 && Math.abs(height - side) < 0.01)
  const [left, top] = [Math.min(...of.map(({ x }) => x)), Math.min(...of.map(({ y }) => y))]
  const dark = new Set(
    of.flatMap(({ x, y, width }) =>
      Array.from(
        { length: Math.round(width / side) },
        (_, i) => `${Math.round((y - top) / side)},${Math.round((x - left) / side) + i}`,
      ),
    ),
  )
  for (let row = 0; row < modules.size; row += 1)
    for (let col = 0; col < modules.size; col += 1)
      assert.equal(dark.has(`${row},${col}`), Boolean(modules.get(row, col)), `${row},${col}`)
})

test('a sheet that is not published says so on every page and has nothing to sign', async () => {
  const { pages, texts } = await drawn(aSheet({ below: manyCommunes(60) }), { ...aDraft, isDemonstration: true }, 'vi')

  assert.ok(pages > 1)
  assert.equal(texts.filter(({ text }) => text === 'bản nháp, chưa công bố').length, pages)
  assert.equal(texts.filter(({ text }) => text === 'bản minh họa').length, pages)
  assert.ok(!read(texts).includes('NGƯỜI LẬP BIỂU') && !read(texts).includes('Dấu kiểm'))
})

test('people outside all units have a row, and a unit without a report has a dash instead of a nought', async () => {
  const below = [aLine('1', 'Xã Một', 100, 10, { silent: true }), aLine('2', 'Xã Hai', 100, 20)]
  const { texts } = await drawn(aSheet({ below, elsewhere: { members: 12, cumulative: 3, today: 1 } }), aDraft, 'vi')

  const text = read(texts)
  assert.match(text, /1 Xã Một 100 – 10 90 10,000/)
  assert.match(text, /2 Xã Hai 100 0 20 80 20,000/)
  assert.match(text, /Ngoài các đơn vị trên 1 3/)
  assert.ok(text.includes('12 người trong diện không thuộc đơn vị nào của bản đồ này'))
})

test('a commune without a target and without units below is a sheet too, in both languages', async () => {
  const whole = aLine('06652', 'Phường Hà Phong', null, 0, { silent: true })
  for (const [language, expected] of [
    ['vi', 'chưa giao chỉ tiêu'],
    ['en', 'no target is set'],
  ] as const) {
    const { pages, texts } = await drawn(
      aSheet({ whole, below: [], dueOn: null, workingDaysLeft: null }),
      aDraft,
      language,
    )
    assert.equal(pages, 1)
    assert.ok(read(texts).includes(expected))
    assert.ok(!/[{}*\ufffd]/.test(read(texts)), read(texts))
  }
})

test('the same sheet printed at the same moment is the same file', async () => {
  const [one, other] = await Promise.all([
    buffer(sheetPdf(aSheet(), aPublished, 'vi')),
    buffer(sheetPdf(aSheet(), aPublished, 'vi')),
  ])
  assert.ok(one.equals(other))
})
