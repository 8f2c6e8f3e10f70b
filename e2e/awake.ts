import type { Page } from 'playwright-core'

/** Waits until deciding keys are awake: they sleep for a second after a page change. */
export const awake = (page: Page): Promise<void> =>
  page.locator('.keys-on:not(.keys-asleep)').waitFor({ state: 'attached' })
