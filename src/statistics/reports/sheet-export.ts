import type * as campaign from '../../campaign/campaign.ts'
import type { Download } from '../../platform/endpoint.ts'
import type { Language } from '../../platform/pages/html.ts'
import type { Work } from '../../platform/work.ts'
import type { QuickSheet } from '../contract.ts'
import type { Query } from '../figure.ts'
import { quick } from '../figures/figures.ts'
import { funnel } from '../figures/funnel.ts'
import { outside } from './outside.ts'
import type { published } from './reports.ts'
import { sheetCsv } from './sheet-csv.ts'
import type { Paper } from './sheet-paper.ts'
import { sheetPdf } from './sheet-pdf.ts'
import { eveningText } from './sheet-text.ts'
import { sheetWorkbook } from './sheet-workbook.ts'

export type Form = 'pdf' | 'xlsx' | 'csv' | 'text'

export type Author = { readonly author: string; readonly isDemonstration: boolean; readonly language: Language }

/** Quick statistics as a file. Its name holds the unit's code and the day. */
export async function exportSheet(
  work: Work,
  id: campaign.CampaignId,
  query: Query,
  as: Form,
  by: Author,
): Promise<Download> {
  const sheet = await quick(work, id, query)
  const paper: Paper = {
    author: by.author,
    printedAt: work.now,
    isDemonstration: by.isDemonstration,
    funnel: await funnel(work, id, query),
    outside: (await outside(work, id, query)).figures,
  }
  return written(sheet, paper, as, by.language)
}

/** A published report on paper, as it was. */
export function reportPaper(
  { head, sheet, sha256 }: Awaited<ReturnType<typeof published>>,
  printedAt: Date,
  by: Author,
): Promise<Download> {
  const paper: Paper = {
    author: by.author,
    printedAt,
    isDemonstration: by.isDemonstration,
    published: { code: head.code, issue: head.issue, sha256 },
  }
  return written(sheet, paper, 'pdf', by.language)
}

async function written(sheet: QuickSheet, paper: Paper, as: Form, language: Language): Promise<Download> {
  const name = `thong-ke-${sheet.whole.unit.code}-${sheet.day}`
  if (as === 'pdf') return { name: `${name}.pdf`, type: 'application/pdf', content: sheetPdf(sheet, paper, language) }
  if (as === 'csv') return { name: `${name}.csv`, type: 'text/csv; charset=utf-8', content: sheetCsv(sheet) }
  if (as === 'text')
    return { name: `${name}.txt`, type: 'text/plain; charset=utf-8', content: eveningText(sheet, paper, language) }
  return {
    name: `${name}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: await sheetWorkbook(sheet, paper, language),
  }
}
