import { unsentChanges } from '../../parts/unsent.ts'
import { draftsWritten } from './drafts.ts'

/** The entry of the page that is open; a later version of the program has another. */
const entryOf = (page: Document) => page.querySelector('script[type=module]')?.getAttribute('src')

/** Whether code that did not come is gone, since a later version of the program is served, or the line is cut. */
export async function whyNotArrived(): Promise<'new-version' | 'no-line'> {
  try {
    const answer = await fetch('/console/', { headers: { accept: 'text/html' }, cache: 'no-store' })
    if (!answer.ok) return 'no-line'
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    return entryOf(page) === entryOf(document) ? 'no-line' : 'new-version'
  } catch {
    return 'no-line'
  }
}

export const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

/** Whether the line is there, and somebody answers. */
export const isServed = (): Promise<boolean> =>
  fetch('/console/', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )

/** Loads the address that one is at anew, when it was said that there is a new version. */
export async function loadNewVersion(): Promise<void> {
  // Long enough to be read.
  await pause(1500)
  await loadAnew()
}

/** The same at once; all that was typed and sent is kept. */
export async function loadAnew(): Promise<void> {
  while (unsentChanges() > 0) await pause(500)
  await draftsWritten()
  location.reload()
}
