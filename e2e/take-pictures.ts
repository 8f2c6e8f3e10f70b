import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { listRolls } from '../src/rolls/contract.ts'
import { ask } from './api-call.ts'
import { desktop, openBrowser, shot, type WatchedPage } from './browser.ts'
import { pictures } from './pictures.ts'
import { serveHouse } from './served-house.ts'

/**
 * Takes the pictures of the README and the tour from the running product: `npm run pictures`, or into another folder
 * by `--out FOLDER`. The demonstration is made anew each time, so the same code shows the same people.
 */
const { values } = parseArgs({ options: { out: { type: 'string' }, people: { type: 'string', default: '6000' } } })
const folder = values.out ?? join(import.meta.dirname, '../docs/images')

/** The roll with the most doubtful rows. */
async function doubtfulRoll(page: WatchedPage): Promise<string> {
  const { rolls } = await ask(page, listRolls, { query: { inForce: true } })
  return rolls.toSorted((one, other) => other.counts.review - one.counts.review || other.rows - one.rows)[0]?.id ?? ''
}

const house = await serveHouse({ people: Number(values.people) })
const browser = await openBrowser()
try {
  for (const { name, login, place, press } of pictures) {
    const page = await browser.newPage(desktop)
    await house.signIn(page, login)
    const path = place.includes(':roll') ? place.replace(':roll', await doubtfulRoll(page)) : place
    await page.goto(`${house.origin}/console${path}`)
    await page.locator('h1').first().waitFor()
    await page.waitForLoadState('networkidle')
    for (const key of press ?? []) await page.keyboard.press(key)
    await page.waitForTimeout(1000)
    await shot(page, name, folder)
    await page.close()
    process.stdout.write(`${join(folder, name)}.png\n`)
  }
} finally {
  await browser.close().finally(house.stop)
}
