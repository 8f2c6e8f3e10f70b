import { PassThrough } from 'node:stream'
import type { Download } from '../endpoint.ts'
import { type SheetToWrite, writeWorkbook } from './write-workbook.ts'

/** One sheet of a list as a file for the browser, written while it is sent. `name` holds nothing personal. */
export function downloadWorkbook(
  name: string,
  sheet: SheetToWrite,
  properties: { readonly title: string; readonly author: string; readonly createdAt: Date },
): Download {
  const content = new PassThrough()
  writeWorkbook(content, { sheets: [sheet], properties }).catch(error => content.destroy(error))
  return { name, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content }
}
