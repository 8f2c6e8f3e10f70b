import type { changeMapping, previewRoll } from '../../../../src/rolls/contract.ts'
import type { Answer, Asked } from '../../../call.ts'

export type Preview = Answer<typeof previewRoll>['preview']
export type SheetMapping = Asked<typeof changeMapping>['body']['mapping'][number]

/** What is said of a sheet now, so that one change keeps the others. */
export const mappingOf = ({ sheet, state, headerRow, columns }: Preview['sheets'][number]): SheetMapping =>
  state === 'skipped'
    ? { sheet, skip: true }
    : { sheet, headerRow, columns: columns.map(({ column, field }) => ({ column, field: field ?? ('none' as const) })) }
