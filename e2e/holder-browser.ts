import * as accounts from '../src/accounts/accounts.ts'
import { newToken } from '../src/platform/http/cookie-tokens.ts'
import type { AnAccount } from '../test/an-account.ts'
import type { TestHouse } from '../test/house.ts'
import type { TestBrowser, Viewport, WatchedPage } from './browser.ts'

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
