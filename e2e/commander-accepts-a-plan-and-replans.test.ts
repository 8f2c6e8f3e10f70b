import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { campaignList } from '../src/campaign/cohorts/contract.ts'
import { showCalendar } from '../src/planning/contract.ts'
import { createKit, planningOfficers, setTeamMembers } from '../src/planning/contract-place.ts'
import { showPlanWeek } from '../src/planning/plan-calendar/contract.ts'
import { beginPlan, listPlans } from '../src/planning/plans/contract.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { serveHouse } from './served-house.ts'

/** A district's plan: sought, looked at, changed, accepted by its commander, made again once a machine is out. */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const page = await browser.newPage(desktop)
page.setDefaultTimeout(20_000)
const unitId = house.signIns.find(({ login }) => login === 'huyen')!.unitId
const days = { from: '2023-06-05', to: '2023-06-11' }
const planPage = '/console/lich-luu-dong/phuong-an'

const dialog = () => page.getByRole('dialog').or(page.getByRole('alertdialog'))
const newest = async () => (await ask(page, listPlans, { query: {} })).plans[0]!
const chosen = () => page.locator('.lane-session.chosen')

/** Teams of the district with officers, so that somebody can go. */
async function fillTeams() {
  const { teams, kits } = await ask(page, showCalendar, { query: days })
  const { officers } = await ask(page, planningOfficers, {})
  const own = teams.filter(team => team.unitId === unitId)
  assert.ok(own.length > 0, 'the district has a team')
  const free = officers.filter(one => one.unitId === unitId)
  for (const [at, team] of own.entries()) {
    const members = free.slice(at * 2, at * 2 + 2).map(({ id: officerId }) => ({ officerId, role: 'lone' as const }))
    if (team.members.length === 0 && members.length > 0)
      await ask(page, setTeamMembers, { params: { id: team.id }, body: { members } })
  }
  if (kits.length === 0) await ask(page, createKit, { body: { unitId, code: 'Máy 01' } })
}

test('without a plan the page says what one is for', async () => {
  await house.signIn(page, 'chihuy', planPage)
  await page.getByText('Chưa có phương án nào').waitFor()
  await assertAccessible(page)
})
