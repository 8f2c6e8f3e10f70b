import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { drawSlipSheet, SlipSheet } from '../src/accounts/slips/sheet.ts'
import { asDay } from '../src/platform/day.ts'
import { drawApart } from '../src/platform/pdf/drawing-apart.ts'
import { readPdfPages } from '../src/platform/pdf/pdf.test-reader.ts'
import { aSheet, manyCommunes } from '../src/statistics/reports/sheet.test-sample.ts'
import { reportPaper } from '../src/statistics/reports/sheet-export.ts'
import { watchStretches } from './longest-stretch.ts'

const slips = (count: number, name = 'Nguyễn Văn An'): SlipSheet => ({
  slips: Array.from({ length: count }, () => ({
    ...{ name, lastFour: '1234', secret: '7K2M-09QX-VB4T-H3ZD', lastOn: asDay('2023-05-01') },
  })),
  unit: 'Công an phường Hà Khánh',
  origin: 'https://dinhdanh.example.vn',
  printedAt: new Date('2023-04-20T03:00:00Z'),
  isDemonstration: true,
})
const place = new URL('../src/accounts/slips/sheet.ts', import.meta.url)
const draw = (sheet: SlipSheet) => drawApart<typeof drawSlipSheet>(place, 'drawSlipSheet', sheet)

/** What is done, and for how many milliseconds it kept everybody else waiting. */
async function holding<Made>(making: () => Promise<Made>): Promise<readonly [Made, number]> {
  const watch = watchStretches()
  const made = await making()
  const longest = watch.longest()
  watch.stop()
  return [made, longest]
}

test('the report of a whole province, drawn for one officer, keeps nobody else waiting', async () => {
  const sheet = aSheet({ below: manyCommunes(177) })
  const published = { head: { code: 'BC-1', issue: 1 }, sheet, sha256: 'a'.repeat(64) }
  const by = { author: 'chihuy', isDemonstration: true, language: 'vi' } as const
  const [{ content }, longest] = await holding(() =>
    reportPaper(published as never, new Date('2023-04-20T03:00:00Z'), by).then(async made => {
      const pieces: Buffer[] = []
      if (Buffer.isBuffer(made.content)) pieces.push(made.content)
      else for await (const piece of made.content as AsyncIterable<Buffer>) pieces.push(piece)
      return { content: Buffer.concat(pieces) }
    }),
  )
  assert.ok(readPdfPages(content).length > 3)
  assert.ok(longest < 200, `${Math.round(longest)} ms`)
})

test('two hundred slips keep nobody else waiting', async () => {
  const [file, longest] = await holding(() => draw(slips(200)))
  assert.equal(readPdfPages(file).length, 67)
  assert.ok(longest < 200, `${Math.round(longest)} ms`)
})

test('a refusal of what draws comes back as it was thrown, and the next paper is drawn', async () => {
  await assert.rejects(draw(slips(1, '王小明')), {
    code: 'paper-text-unprintable',
    facts: { signs: ['U+738B', 'U+5C0F', 'U+660E'] },
  })
  assert.equal(readPdfPages(await draw(slips(2))).length, 1)
})

test('papers beyond those that may wait are refused at once, and the others are drawn', async () => {
  const asked = await Promise.allSettled(Array.from({ length: 20 }, () => draw(slips(3))))
  const refused = asked.filter(one => one.status === 'rejected')
  assert.ok(refused.length > 0 && refused.length < 10, `${refused.length} of 20`)
  for (const { reason } of refused) assert.equal((reason as { code: string }).code, 'papers-busy')
})
