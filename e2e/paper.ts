import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
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
