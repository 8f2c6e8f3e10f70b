import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { WatchedPage } from './browser.ts'

/**
 * Asks a page for a paper, as people do; gives what the file is called that comes to be saved. Fails where it is no
 * PDF.
 */
export async function paperOf(page: WatchedPage, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ])
  assert.equal((await readFile(await file.path())).subarray(0, 5).toString(), '%PDF-')
  return file.suggestedFilename()
}

/** How many sheets of A4 a page prints; the PDF itself is kept beside the pictures, where those are. */
export async function sheetsPrinted(page: WatchedPage, name: string): Promise<number> {
  const file = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  const folder = process.env['SHOTS']
  if (folder) await writeFile(join(folder, `${name}.pdf`), file)
  return file.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}
