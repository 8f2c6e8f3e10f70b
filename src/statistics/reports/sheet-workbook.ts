import { PassThrough } from 'node:stream'
import type { Language } from '../../platform/pages/html.ts'
import type { WorkbookColumn } from '../../platform/workbook/exported-look.ts'
import { type SheetToWrite, writeWorkbook } from '../../platform/workbook/write-workbook.ts'
import type { QuickRow, QuickSheet } from '../contract.ts'
import { aboutText, reportStatusText } from './evening-text.ts'
import { type ColumnKey, columnsIn, headOf, sheetColumns } from './sheet-column.ts'
import type { SheetPaper } from './sheet-notes.ts'
import { dayText, exactPercent, fillSheetText, momentText, wholeText } from './sheet-numbers-and-days.ts'
import { hasBeyond, rowsInOrder } from './sheet-rows.ts'
import { methodOf, notesOf, plainSentence, sentencesOf, stepsOf } from './sheet-sentence.ts'
import { isStepWord, saySheet, sayStep } from './words.ts'

const columns = columnsIn('workbook')

function unitsColumn(key: ColumnKey, language: Language): WorkbookColumn {
  const { kind, workbook } = sheetColumns[key]
  return {
    header: headOf(key, language),
    width: workbook?.width ?? 0,
    ...(kind !== 'place' && { format: kind === 'text' ? 'text' : 'number' }),
  }
}

/**
 * The sheet as a workbook (XLSX): the units as on paper with all their figures as numbers, then notes and method, the
 * steps, and other sources' figures.
 */
export async function sheetWorkbook(sheet: QuickSheet, paper: SheetPaper, language: Language): Promise<PassThrough> {
  const say = saySheet(language)
  const content = new PassThrough()
  const title = fillSheetText(say('title-unit'), {
    title: fillSheetText(say('title'), { day: dayText(sheet.day, language) }),
    name: sheet.whole.unit.name,
  })
  const sheets = [unitsSheet(sheet, paper, language, title), notesSheet(sheet, paper, language, title)]
  const more = [funnelSheet(sheet, paper, language), outsideSheet(paper, language)].filter(found => found !== undefined)
  const properties = { title, author: paper.author, createdAt: paper.printedAt }
  writeWorkbook(content, { sheets: [...sheets, ...more], properties }).catch(error => content.destroy(error))
  return content
}

function unitsSheet(sheet: QuickSheet, paper: SheetPaper, language: Language, title: string): SheetToWrite {
  const say = saySheet(language)
  const { elsewhere, whole } = sheet
  const line = (row: QuickRow, place: number | null, name = row.unit.name) =>
    columns.map(key => {
      if (key === 'place') return place
      if (key === 'unit') return name
      return key === 'silent' ? (row.silent ? say('yes') : null) : sheetColumns[key].of?.(row)
    })
  const beyond = columns.map(key =>
    key === 'unit' ? say('row-elsewhere') : (sheetColumns[key].ofElsewhere?.(elsewhere) ?? null),
  )
  return {
    name: say('sheet-units'),
    above: [
      paper.isDemonstration ? fillSheetText(say('in-brackets'), { text: title, note: say('demonstration') }) : title,
      aboutText(sheet, language),
      sentencesOf(sheet, language).map(plainSentence).join(' '),
      reportStatusText(sheet, paper, language),
      fillSheetText(say('made-by'), { author: paper.author, ...momentText(paper.printedAt, language) }),
    ],
    columns: columns.map(key => unitsColumn(key, language)),
    rows: [
      ...rowsInOrder(sheet).map((row, i) => line(row, i + 1)),
      ...(hasBeyond(sheet) ? [beyond] : []),
      line(whole, null, wholeText(say('row-whole'), whole.unit.name, language)),
    ],
  }
}

function notesSheet(sheet: QuickSheet, paper: SheetPaper, language: Language, title: string): SheetToWrite {
  const say = saySheet(language)
  return {
    name: say('sheet-notes'),
    above: [title],
    columns: [{ header: say('col-note'), width: 95, format: 'text' }],
    rows: [...notesOf(sheet, paper, language), ...methodOf(sheet, language)].map(line => [line]),
  }
}

function funnelSheet(
  { metric: counted }: QuickSheet,
  { funnel }: SheetPaper,
  language: Language,
): SheetToWrite | undefined {
  const steps = stepsOf(counted, funnel)
  if (!funnel || steps.length === 0) return undefined
  const say = saySheet(language)
  const sayName = sayStep(language)
  const share = (total: number) => (funnel.members > 0 ? exactPercent(total, funnel.members) : null)
  return {
    name: say('sheet-funnel'),
    columns: [
      { header: say('col-step'), width: 28, format: 'text' },
      { header: headOf('cumulative', language), width: 12, format: 'number' },
      { header: say('col-share-meant'), width: 16, format: 'number' },
      { header: say('col-stopped'), width: 20, format: 'number' },
    ],
    rows: [
      [sayName('members'), funnel.members, share(funnel.members), null],
      ...steps.map(({ metric, total, stopped }) => [
        isStepWord(metric) ? sayName(metric) : metric,
        total,
        share(total),
        stopped,
      ]),
    ],
  }
}

function outsideSheet({ outside = [] }: SheetPaper, language: Language): SheetToWrite | undefined {
  if (outside.length === 0) return undefined
  const say = saySheet(language)
  return {
    name: say('sheet-outside'),
    columns: [
      { header: headOf('unit', language), width: 26, format: 'text' },
      { header: say('col-source'), width: 26, format: 'text' },
      { header: say('col-day'), width: 12, format: 'day' },
      { header: say('col-value'), width: 13, format: 'number' },
      { header: say('col-ours'), width: 13, format: 'number' },
      { header: say('col-difference'), width: 13, format: 'number' },
      { header: say('col-note'), width: 40, format: 'text' },
    ],
    rows: outside.map(({ unit, source, day, value, ours, difference, note }) => [
      unit.name,
      source,
      day,
      value,
      ours,
      difference,
      note,
    ]),
  }
}
