import type exceljs from 'exceljs'

/** How a list looks that is exported as a workbook: letters, colours, widths of columns, and the printed page. */

export type ColumnFormat = 'text' | 'day' | 'number'

/** `width` is in letters, as spreadsheets count it; without a format a value stays what it is. */
export type WorkbookColumn = { readonly header: string; readonly width?: number; readonly format?: ColumnFormat }

export const numberFormats: Record<ColumnFormat, string> = { text: '@', day: 'dd/mm/yyyy', number: 'General' }

export const columnWidth = ({ width, header }: WorkbookColumn) => width ?? Math.min(40, Math.max(10, header.length + 2))

/** About the letters that a page of A4 holds across when upright. */
export const uprightLetters = 95

export const headerStyle: Partial<exceljs.Style> = {
  numFmt: '@',
  font: { bold: true },
  alignment: { vertical: 'middle', wrapText: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8ECF1' } },
  border: { bottom: { style: 'thin' } },
}

/** The first line above the header, and those after it. */
export const titleStyle: Partial<exceljs.Style> = { numFmt: '@', font: { bold: true, size: 14 } }
export const lineStyle: Partial<exceljs.Style> = { numFmt: '@', font: { bold: false, size: 11 } }

/** A list that is too wide for an upright page is printed across. */
export const printedPage = (columns: readonly WorkbookColumn[]): Partial<exceljs.PageSetup> => ({
  paperSize: 9, // A4, ECMA-376 part 1, 18.3.1.63
  orientation:
    columns.reduce((sum, column) => sum + columnWidth(column), 0) > uprightLetters ? 'landscape' : 'portrait',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
})
export const pageNumbers: Partial<exceljs.HeaderFooter> = { oddFooter: '&C&P / &N' }
