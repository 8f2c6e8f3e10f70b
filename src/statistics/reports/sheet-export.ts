import type * as campaign from '../../campaign/campaign.ts'
import type { Download } from '../../platform/endpoint.ts'
import type { Language } from '../../platform/pages/html.ts'
import { drawApart } from '../../platform/pdf/drawing-apart.ts'
import type { Work } from '../../platform/work.ts'
import type { QuickSheet } from '../contract.ts'
import type { FigureParams } from '../figure.ts'
import { readQuickSheet } from '../figures/figures.ts'
import { readFunnel } from '../figures/funnel.ts'
import { eveningText } from './evening-text.ts'
import { readOutsideFigures } from './outside-figures.ts'
import type { getPublishedSheet } from './reports.ts'
import { sheetCsv } from './sheet-csv.ts'
import type { SheetPaper } from './sheet-notes.ts'
import type { sheetPdfFile } from './sheet-pdf.ts'
import { sheetWorkbook } from './sheet-workbook.ts'

/** Of a day before the campaign there is nothing of ours to compare with. */
const comparable = <T extends { readonly ours: number | null; readonly difference: number | null }>(
  all: readonly T[],
) =>
  all.flatMap(({ ours, difference, ...rest }) =>
    ours === null || difference === null ? [] : [{ ...rest, ours, difference }],
  )

export type SheetFormat = 'pdf' | 'xlsx' | 'csv' | 'text'

export type SheetAuthor = { readonly author: string; readonly isDemonstration: boolean; readonly language: Language }

/** Quick statistics as a file. Its name holds the unit's code and the day. */
export async function exportSheet(
  work: Work,
  id: campaign.CampaignId,
  query: FigureParams,
  format: SheetFormat,
  author: SheetAuthor,
): Promise<Download> {
  const sheet = await readQuickSheet(work, id, query)
  const paper: SheetPaper = {
    author: author.author,
    printedAt: work.now,
    isDemonstration: author.isDemonstration,
    funnel: await readFunnel(work, id, query),
    outside: comparable((await readOutsideFigures(work, id, query)).figures),
  }
  return writeSheet(sheet, paper, format, author.language)
}

/** A published report on paper, as it was. */
export function reportPaper(
  { head, sheet, sha256 }: Awaited<ReturnType<typeof getPublishedSheet>>,
  printedAt: Date,
  by: SheetAuthor,
): Promise<Download> {
  const paper: SheetPaper = {
    author: by.author,
    printedAt,
    isDemonstration: by.isDemonstration,
    published: { code: head.code, issue: head.issue, sha256 },
  }
  return writeSheet(sheet, paper, 'pdf', by.language)
}

async function writeSheet(
  sheet: QuickSheet,
  paper: SheetPaper,
  as: SheetFormat,
  language: Language,
): Promise<Download> {
  const name = `thong-ke-${sheet.whole.unit.code}-${sheet.day}`
  if (as === 'pdf') {
    const place = new URL('./sheet-pdf.ts', import.meta.url)
    const content = await drawApart<typeof sheetPdfFile>(place, 'sheetPdfFile', sheet, paper, language)
    return { name: `${name}.pdf`, type: 'application/pdf', content }
  }
  if (as === 'csv') return { name: `${name}.csv`, type: 'text/csv; charset=utf-8', content: sheetCsv(sheet) }
  if (as === 'text')
    return { name: `${name}.txt`, type: 'text/plain; charset=utf-8', content: eveningText(sheet, paper, language) }
  return {
    name: `${name}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: await sheetWorkbook(sheet, paper, language),
  }
}
