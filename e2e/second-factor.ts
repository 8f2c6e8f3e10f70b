import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { asSystem } from '../src/platform/work.ts'

/** How an officer gives a second factor in a browser. */

/** Apps of officers whom a journey added, by login: their secret, and the last time step of which a code was used. */
const apps = new Map<string, { readonly secret: string; step: number }>()
const stepNow = () => Math.floor(Date.now() / 30_000)

/**
 * A code of an app that was not used yet: of this time step, or of the next, which counts already. Waits where that was
 * used too.
 */
async function nextCode(login: string): Promise<string> {
  const app = apps.get(login)
  if (!app) throw new Error(`${login} has no app`)
  app.step = Math.max(stepNow(), app.step + 1)
  while (app.step > stepNow() + 1) await setTimeout(500)
  const totp = new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(app.secret) })
  return totp.generate({ timestamp: app.step * 30_000 })
}

/** Adds an app on the page that shows its secret. */
export async function addApp(page: Page, login: string): Promise<void> {
  apps.set(login, { secret: ((await page.locator('main code').textContent()) ?? '').replaceAll(' ', ''), step: 0 })
  await page.fill('#code', await nextCode(login))
  await page.click('form:has(#code) button')
}

/** As if an officer had given their second factors a quarter of an hour ago and more, in the data of a house. */
export async function ageSecondFactors(data: string, login: string): Promise<void> {
  // Few journeys age a factor, and the whole house takes longer to load than the rest of a journey.
  const { openHouse } = await import('../src/open-house.ts')
  const house = await openHouse({ folder: data, purpose: 'command' })
  try {
    await house.openWork(asSystem('test', 'none'), ({ tx }) =>
      sql`set local dinhdanh.signing_in = 'yes'`.execute(tx).then(() =>
        sql`update staff.session s set factor_at = factor_at - interval '16 minutes' from staff.officer o
          where o.id = s.officer_id and o.login = ${login}`.execute(tx),
      ),
    )
  } finally {
    await house.close()
  }
}

/**
 * Gives what the page after the password asks for: in a demonstration by its button, else the code of an app, which is
 * added at the first sign-in.
 */
export async function giveSecondFactor(page: Page, login: string): Promise<void> {
  const { pathname } = new URL(page.url())
  if (!pathname.startsWith('/second-factor')) return
  if (pathname === '/second-factor/add' && (await page.locator('form[data-demonstration]').count()) === 0) {
    return addApp(page, login)
  }
  const demonstration = page.locator('form[data-demonstration] button')
  if (await demonstration.count()) return demonstration.click()
  await page.fill('#code', await nextCode(login))
  await page.click('form:has(#code) button')
}
