import type { Locator, Page } from 'playwright-core'

/** What is seen on a page, read as people read it. */

export const textOf = async (place: Locator): Promise<string> =>
  ((await place.textContent()) ?? '').replace(/\s+/g, ' ').trim()

/** 1.234 or "1.234 em". */
export const figure = (text: string): number => Number(text.replace(/\D/g, ''))
export const figureOf = async (place: Locator): Promise<number> => figure(await textOf(place))

/** How many rows the table of the page says that it has, those out of sight counted. */
export const tableLength = async (page: Page): Promise<number> =>
  Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1
