import type { Day, PartialDay } from '../../platform/day.ts'
import type { LawRows } from '../../platform/law.ts'
import { types } from '../../platform/pdf/letter-sizes.ts'
import { drawFields, drawFoot, drawHeading, drawSignatureFields } from '../../platform/pdf/parts.ts'
import {
  finishPaper,
  type HorizontalSpan,
  openPaper,
  type PdfTextStyle,
  sheets,
  wholeWidth,
  writeText,
} from '../../platform/pdf/pdf.ts'
import { drawTable } from '../../platform/pdf/table.ts'
import { fillPlaceholders } from '../../platform/pdf/text.ts'
import * as units from '../../units/units.ts'
import { layoutOn } from '../law.ts'
import { printedBirth, printedDay } from '../printed-face/front.ts'
import { sayOnPaper } from '../words-paper.ts'

/**
 * The sheet on which pupils sign for their cards. It has each pupil's name, birth and card serial, and no personal
 * number. The console prints the same sheet from its own page (given-list-paper-page.tsx), without the birth date.
 */
export type HandOverSheet = {
  readonly unit: { readonly above?: string | undefined; readonly name: string }
  readonly school: string
  readonly className: string
  readonly place: string
  /** The commune, before the day under the list. */
  readonly town: string
  readonly on: Day
  /** Of the sheet itself, to be found again. */
  readonly code: string
  /** In the order in which they are to stand. */
  readonly cards: readonly {
    readonly name: string
    readonly birthDate: PartialDay
    readonly serial: string
    readonly note?: string | undefined
  }[]
  readonly officer?: string | undefined
  readonly teacher?: string | undefined
  readonly printedAt: Date
  readonly isDemonstration: boolean
  /** The rows of law of the house that draws it. */
  readonly lawRows?: LawRows | undefined
}

const say = sayOnPaper('vi')
const title: PdfTextStyle = { ...types.title, size: 14 }

/** The sum, the day and both signatures, in points. */
const signingHeight = 160

/** A4, as many pages as the list needs; its head stands on each, no row is parted. */
export function handOverSheetPdf(sheet: HandOverSheet): Promise<Buffer> {
  const { unit, school, className, place, town, on, code, cards, officer, teacher, printedAt, isDemonstration } = sheet
  const heading = say(`hand-over-${layoutOn(on, sheet)}`)
  const paper = openPaper({ title: `${heading} ${code}`, at: printedAt, size: sheets.a4 })
  const centred: HorizontalSpan = { ...wholeWidth(paper), align: 'centre' }

  drawHeading(paper, units.letterheadLines(unit), [
    { text: say('country'), isStrong: true },
    { text: say('motto'), isStrong: true },
  ])
  writeText(paper, heading, title, centred)
  paper.y += 4
  drawFields(paper, [
    [say('school'), school, 3],
    [say('class'), className, 1.4],
  ])
  drawFields(paper, [
    [say('place'), place, 3],
    [say('hand-over-on'), printedDay(on), 1.4],
  ])
  paper.y += 4

  const columns = [
    { title: say('row-number'), share: 0.75, align: 'centre' as const },
    { title: say('name'), share: 3.7 },
    { title: say('birth'), share: 1.75, align: 'centre' as const, kind: 'figures' as const },
    { title: say('serial'), share: 2.7, kind: 'figures' as const },
    { title: say('sign'), share: 1.9, align: 'centre' as const },
    { title: say('note'), share: 2.1 },
  ]
  const rows = cards.map(({ name, birthDate, serial, note = '' }, i) => [
    String(i + 1),
    name,
    printedBirth(birthDate),
    serial,
    '',
    note,
  ])
  drawTable(paper, columns, rows, { head: types.head, cell: types.text }, { rowHeight: 25, below: signingHeight })

  paper.y += 8
  writeText(paper, fillPlaceholders(say('total'), { n: String(cards.length) }), types.text)
  paper.y += 6
  const [y = '', m = '', d = ''] = on.split('-')
  const { x, width } = wholeWidth(paper)
  writeText(paper, fillPlaceholders(say('day-line'), { place: town, d, m, y }), types.note, {
    x: x + width / 2,
    width: width / 2,
    align: 'centre',
  })
  drawSignatureFields(paper, [
    { title: say('teacher'), note: say('sign-here'), name: teacher },
    { title: say('officer'), note: say('sign-here'), name: officer },
  ])

  const mark = isDemonstration ? ` · ${say('demonstration')}` : ''
  return finishPaper(paper, (page, pages) =>
    drawFoot(
      paper,
      `${say('sheet-code')}: ${code}${mark}`,
      fillPlaceholders(say('page'), { n: String(page), of: String(pages) }),
    ),
  )
}
