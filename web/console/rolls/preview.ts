import type { changeMapping, previewRoll } from '../../../src/rolls/contract.ts'
import type { Answer, Asked } from '../../parts/call.ts'

export type Preview = Answer<typeof previewRoll>['preview']
export type Replacement = NonNullable<Answer<typeof previewRoll>['replacement']>
export type SheetMapping = Asked<typeof changeMapping>['body']['mapping'][number]

type Sheet = Preview['sheets'][number]

/** A copy or a summary that the house leaves out: as long as nobody names it, it is found anew. */
export const isLeftOutUnasked = ({ state, isOlderCopy, isSummary }: Sheet) =>
  state === 'skipped' && (isOlderCopy || isSummary)

/** What is said of a sheet now, so that one change keeps the others. What nobody said is found anew. */
export const mappingOf = (sheet: Sheet): SheetMapping => ({
  ...(sheet.columns.some(({ by }) => by === 'person') ? withColumns(sheet) : { sheet: sheet.sheet }),
  ...(sheet.state === 'skipped' && { skip: true }),
  ...(sheet.encoding && { encoding: sheet.encoding }),
  ...(sheet.lines && { lines: sheet.lines }),
})

/** With each of its columns as it is now, to change one of them. */
export const withColumns = ({ sheet, headerRow, columns, encoding, lines }: Sheet): SheetMapping => ({
  sheet,
  headerRow,
  columns: columns.map(({ column, field }) => ({ column, field: field ?? ('none' as const) })),
  ...(encoding && { encoding }),
  ...(lines && { lines }),
})
