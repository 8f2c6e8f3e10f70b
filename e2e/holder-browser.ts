import { after } from 'node:test'
import * as accounts from '../src/accounts/accounts.ts'
import { routes } from '../src/citizens/routes.ts'
import { newToken } from '../src/platform/http/cookie-tokens.ts'
import { staffPages } from '../src/staff/routes-pages.ts'
import type { AnAccount } from '../test/an-account.ts'
import { openHouse, type TestHouse } from '../test/house.ts'
import { openSignIn } from '../test/signin-house.ts'
import { openBrowser, type TestBrowser, type Viewport, type WatchedPage } from './browser.ts'

type At = { readonly house: TestHouse; readonly browser: TestBrowser; readonly origin: string }

/** A page in a browser that has been used with the account before; `script`: whether it runs any. */
export async function browserOfHolder(
  { house, browser, origin }: At,
  holder: AnAccount,
  viewport: Viewport,
  { script = true } = {},
): Promise<WatchedPage> {
  const device = newToken()
  await house.work(work => accounts.registerDevice(work, holder, device, 'Mozilla/5.0 (Linux; Android 9) Chrome/90.0'))
  const context = await browser.browser.newContext({
    viewport,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    javaScriptEnabled: script,
  })
  await context.addCookies([{ name: 'dinhdanh-device', value: device, url: origin, httpOnly: true }])
  // Signing in has journeys of its own.
  await context.route('**/assets/passkey-sign-in.js', route =>
    route.fulfill({ contentType: 'text/javascript', body: '' }),
  )
  return browser.newPage(viewport, { context })
}

type More = NonNullable<Parameters<typeof openSignIn>[1]>['also']

/** A house that serves the pages of citizens, and what a journey serves besides, with a browser for its holders. */
export async function openCitizenPages({ also }: { readonly also?: More } = {}) {
  // Closed first: a page that asks every few seconds would find the house gone.
  const browser = await openBrowser()
  after(() => browser.close())
  const house = await openHouse({ withUnits: true })
  const signIn = await openSignIn(house, {
    also: async (app, served) => {
      const { openWork, origin } = served
      await app.register(async scope => staffPages(scope, { openWork, demonstration: () => undefined }))
      await routes(app, { openWork, origin, isDemonstration: () => true })
      await also?.(app, served)
    },
  })
  const browserOf = (holder: AnAccount, viewport: Viewport, script?: { readonly script: boolean }) =>
    browserOfHolder({ house, browser, origin: signIn.origin }, holder, viewport, script)
  return { house, signIn, browser, browserOf }
}
