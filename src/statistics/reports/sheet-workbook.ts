import { PassThrough } from 'node:stream'
import type { Language } from '../../platform/pages/html.ts'
import {
  type SheetToWrite,
  type WorkbookColumn,
  type WorkbookValue,
  writeWorkbook,
} from '../../platform/workbook/write.ts'
import type { QuickRow, QuickSheet } from '../contract.ts'
import { dayText, exactPercent, filled, hasBeyond, inOrder, momentOf, type Paper, wholeText } from './sheet-paper.ts'
import { methodOf, notesOf, plain, sentencesOf, stepsOf } from './sheet-sentence.ts'
import { aboutText, standingText } from './sheet-text.ts'
import { isStepWord, saySheet, sayStep } from './words.ts'

type Say = ReturnType<typeof saySheet>
type Column = {
  readonly key: Parameters<Say>[0]
  readonly width: number
  readonly value: (row: QuickRow) => WorkbookValue
}

const columns: readonly Column[] = [
  { key: 'col-target', width: 11, value: row => row.target },
  { key: 'col-today', width: 11, value: row => row.today },
  { key: 'col-cumulative', width: 11, value: row => row.cumulative },
  { key: 'col-remaining', width: 11, value: row => row.remaining },
  { key: 'col-rate', width: 9, value: row => row.rate && row.target && exactPercent(row.cumulative, row.target) },
  { key: 'col-share', width: 20, value: row => row.rate?.exact },
  { key: 'col-rank', width: 7, value: row => row.rank },
  { key: 'col-planned', width: 12, value: row => row.planned },
  { key: 'col-need', width: 10, value: row => row.neededPerWorkingDay },
  { key: 'col-recent', width: 11, value: row => row.recentPerWorkingDay },
  { key: 'col-low', width: 11, value: row => row.forecast?.low },
  { key: 'col-mid', width: 11, value: row => row.forecast?.mid },
  { key: 'col-high', width: 11, value: row => row.forecast?.high },
  { key: 'col-members', width: 11, value: row => row.members },
  { key: 'col-frozen', width: 11, value: row => row.frozen },
  { key: 'col-not-handed', width: 11, value: row => row.notHandedDown },
]

/**
 * The sheet as a workbook (XLSX): the units as on paper with all their figures as numbers, then notes and method, the
 * steps, and other sources' figures.
 */
export async function sheetWorkbook(sheet: QuickSheet, paper: Paper, language: Language): Promise<PassThrough> {
  const say = saySheet(language)
  const content = new PassThrough()
  const title = filled(say('title-unit'), {
    title: filled(say('title'), { day: dayText(sheet.day) }),
    name: sheet.whole.unit.name,
  })
  const sheets = [unitsSheet(sheet, paper, language, title), notesSheet(sheet, paper, language, title)]
  const more = [funnelSheet(sheet, paper, language), outsideSheet(paper, say)].filter(found => found !== undefined)
  const properties = { title, author: paper.author, createdAt: paper.printedAt }
  writeWorkbook(content, { sheets: [...sheets, ...more], properties }).catch(error => content.destroy(error))
  return content
}

function unitsSheet(sheet: QuickSheet, paper: Paper, language: Language, title: string): SheetToWrite {
  const say = saySheet(language)
  const { elsewhere, whole } = sheet
  const cells = (row: QuickRow) => [...columns.map(({ value }) => value(row)), row.silent ? say('yes') : null]
  const beyond = columns.map(({ key }) => {
    if (key === 'col-today') return elsewhere.today
    if (key === 'col-cumulative') return elsewhere.cumulative
    return key === 'col-members' ? elsewhere.members : null
  })
  return {
    name: say('sheet-units'),
    above: [
      paper.isDemonstration ? filled(say('in-brackets'), { text: title, note: say('demonstration') }) : title,
      aboutText(sheet, language),
      sentencesOf(sheet, language).map(plain).join(' '),
      standingText(sheet, paper, language),
      filled(say('made-by'), { author: paper.author, ...momentOf(paper.printedAt) }),
    ],
    columns: [
      { header: say('col-place'), width: 5 },
      { header: say('col-code'), width: 8, format: 'text' },
      { header: say('col-unit'), width: 28, format: 'text' },
      ...columns.map(({ key, width }): WorkbookColumn => ({ header: say(key), width, format: 'number' })),
      { header: say('col-silent'), width: 12, format: 'text' },
    ],
    rows: [
      ...inOrder(sheet).map((row, i) => [i + 1, row.unit.code, row.unit.name, ...cells(row)]),
      ...(hasBeyond(sheet) ? [[null, null, say('row-elsewhere'), ...beyond]] : []),
      [null, whole.unit.code, wholeText(say('row-whole'), whole.unit.name, language), ...cells(whole)],
    ],
  }
}

function notesSheet(sheet: QuickSheet, paper: Paper, language: Language, title: string): SheetToWrite {
  const say = saySheet(language)
  return {
    name: say('sheet-notes'),
    above: [title],
    columns: [{ header: say('col-note'), width: 95, format: 'text' }],
    rows: [...notesOf(sheet, paper, language), ...methodOf(sheet, language)].map(line => [line]),
  }
}

function funnelSheet({ metric: counted }: QuickSheet, { funnel }: Paper, language: Language): SheetToWrite | undefined {
  const steps = stepsOf(counted, funnel)
  if (!funnel || steps.length === 0) return undefined
  const say = saySheet(language)
  const sayName = sayStep(language)
  const share = (total: number) => (funnel.members > 0 ? exactPercent(total, funnel.members) : null)
  return {
    name: say('sheet-funnel'),
    columns: [
      { header: say('col-step'), width: 28, format: 'text' },
      { header: say('col-cumulative'), width: 12, format: 'number' },
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

function outsideSheet({ outside = [] }: Paper, say: Say): SheetToWrite | undefined {
  if (outside.length === 0) return undefined
  return {
    name: say('sheet-outside'),
    columns: [
      { header: say('col-unit'), width: 26, format: 'text' },
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
