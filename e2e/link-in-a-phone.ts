import type { BrowserContext } from 'playwright-core'
import type { TestBrowser, Viewport, WatchedPage } from './browser.ts'

/** A phone of 360 px in which a link is opened, and what it keeps of links. */

export const narrowPhone: Viewport = { width: 360, height: 740 }

export const phoneContext = (
  { browser }: TestBrowser,
  { script }: { readonly script: boolean },
): Promise<BrowserContext> =>
  browser.newContext({
    viewport: narrowPhone,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    javaScriptEnabled: script,
  })

export const typePin = async (page: WatchedPage, pin: string): Promise<void> => {
  await page.getByLabel('Mã PIN 6 số').fill(pin)
  await page.getByRole('button', { name: 'Mở' }).click()
}

export const anotherPin = (pin: string): string => (pin === '000000' ? '111111' : '000000')

/** What the phone keeps of links, as it lies there. */
export const copiesIn = (page: WatchedPage) =>
  page.evaluate<{ body: boolean; text: string }[]>(
    `new Promise(done => { const asked = indexedDB.open('dinhdanh-links', 1); asked.onsuccess = () => {
      const got = asked.result.transaction('copies').objectStore('copies').getAll()
      got.onsuccess = () => { asked.result.close(); done(got.result.map(({ body }) =>
        ({ body: !!body, text: body ? new TextDecoder('latin1').decode(body) : '' }))) } } })`,
  )

/** What was tapped and waits to be sent, as it lies there. */
export const unsentIn = (page: WatchedPage) =>
  page.evaluate<string>(
    `new Promise(done => { const asked = indexedDB.open('dinhdanh-links', 1); asked.onsuccess = () => {
      const got = asked.result.transaction('unsent').objectStore('unsent').getAll()
      got.onsuccess = () => { asked.result.close(); done(JSON.stringify(got.result)) } } })`,
  )

/** As though what the phone keeps had been kept so many days ago. */
export const ageCopies = (page: WatchedPage, days: number) =>
  page.evaluate<boolean>(
    `new Promise(done => { const asked = indexedDB.open('dinhdanh-links', 1); asked.onsuccess = () => {
      const store = asked.result.transaction('copies', 'readwrite').objectStore('copies')
      store.openCursor().onsuccess = ({ target: { result: at } }) => {
        if (!at) { asked.result.close(); return done(true) }
        at.update({ ...at.value, at: at.value.at - ${days} * 86400000 })
        at.continue()
      } } })`,
  )
