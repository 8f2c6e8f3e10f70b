import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { aPlannedCampaign } from '../../../test/planned-campaign.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { asDay } from '../../platform/day.ts'
import { openLog } from '../../platform/log.ts'
import { readPdfLines } from '../../platform/pdf/pdf.test-reader.ts'
import type { Work } from '../../platform/work.ts'
import { drawPlanOrder, drawTeamDay } from '../plan-papers/plan-papers.ts'
import * as planning from '../planning.ts'
import { explainLate, explainSession, runRemedies, seekRemedies } from './plan-explanations.ts'

/** What a plan of a house says of itself: why, who is late, what would change it, and its papers. */

const house = await openHouse({ withUnits: true })
const { as, other, drive } = await aPlannedCampaign(house)
const log = openLog('silent')
const ordered = { days: [], evenings: false }

async function aFoundPlan(from: string, to: string) {
  const plan = await as(work =>
    planning.beginPlan(work, {
      campaignId: drive.id,
      from: asDay(from),
      to: asDay(to),
      overtime: ordered,
      seed: 1,
      work: 20,
    }),
  )
  await planning.runPlan(house.openWork, plan.id, { log })
  const kept = await as(work => planning.getPlan(work, plan.id))
  const found = kept.plan ?? assert.fail('no plan was found')
  const route = found.routes[0] ?? assert.fail('the plan sends nobody out')
  return { ...kept, found, route, session: route.sessions[0] ?? assert.fail() }
}

const kept = await aFoundPlan('2023-05-08', '2023-05-14')

test('a session is explained with its needs, every other slot and what it costs a day later', async () => {
  const { reasons } = await as(work => explainSession(work, kept.id, kept.session.id))
  assert.equal(reasons.site, kept.session.site)
  const served = kept.session.serves.reduce((sum, one) => sum + one.people, 0)
  assert.equal(
    reasons.needs.reduce((sum, one) => sum + one.served, 0),
    served,
  )
  assert.ok(reasons.without.latePeople > 0)
  assert.equal(reasons.slots.length, kept.instance.days.length * kept.instance.shifts.length - 1)
  assert.ok(reasons.later && reasons.later.day > kept.route.day)
  await refusal(
    as(work => explainSession(work, kept.id, 'no such session')),
    'plan-session-unknown',
  )
})

test('late people of a plan add up by limit and by site, and remedies are tried once, by a job', async () => {
  const before = await as(work => explainLate(work, kept.id))
  const sum = (list: readonly { late: number }[]) => list.reduce((all, { late }) => all + late, 0)
  assert.equal(sum(before.late.byLimit), kept.found.objective.latePeople)
  assert.equal(sum(before.late.bySite), kept.found.objective.latePeople)
  assert.equal(before.remedies, undefined)

  assert.equal((await as(work => seekRemedies(work, kept.id))).state, 'waiting')
  assert.equal((await as(work => seekRemedies(work, kept.id))).state, 'waiting')
  await runRemedies(house.openWork, kept.id, { log })
  const { remedies } = await as(work => explainLate(work, kept.id))
  assert.equal(remedies?.state, 'done')
  const deeds = (await house.work(work => audit.deedsOf(work, kept.id))).map(({ deed }) => deed)
  assert.equal(deeds.filter(deed => deed === 'plan.remedies-sought').length, 1)
})

test('another unit neither explains a plan, nor prints it, nor has anything tried for it', async () => {
  const asks: readonly ((work: Work) => Promise<unknown>)[] = [
    work => explainLate(work, kept.id),
    work => explainSession(work, kept.id, kept.session.id),
    work => seekRemedies(work, kept.id),
    work => drawTeamDay(work, kept.id, kept.route, { isDemonstration: false }),
  ]
  for (const ask of asks) await refusal(house.openWork(other, ask), 'plan-unknown')
})

test('a day sheet of a draft says that it is one, names no child, and is recorded as taken out', async () => {
  const pdf = await as(work => drawTeamDay(work, kept.id, kept.route, { isDemonstration: false }))
  const text = readPdfLines(pdf).join('\n')
  assert.ok(text.includes('Dựthảo'))
  assert.ok(!text.includes('NguyễnVănA'))
  const deeds = await house.work(work => audit.deedsOf(work, kept.id))
  const exported = deeds.find(({ deed }) => deed === 'plan.exported')
  assert.equal((exported?.facts as { readonly paper: string } | undefined)?.paper, 'day-sheet')
  await refusal(
    as(work => drawTeamDay(work, kept.id, { team: kept.route.team, day: '2023-06-01' }, { isDemonstration: false })),
    'plan-route-unknown',
  )
})

test('an order is drawn of an accepted plan alone, with its sessions', async () => {
  const draw = (id: planning.PlanId) => as(work => drawPlanOrder(work, id, { isDemonstration: false }))
  const plan = await aFoundPlan('2023-05-15', '2023-05-21')
  await refusal(draw(plan.id), 'plan-state-refused')
  await as(work =>
    planning.acceptPlan(work, plan.id, {
      version: plan.version,
      confirm: ['site-hours', 'capacity', 'team-small', 'members-away', 'overtime', 'no-kit'],
    }),
  )
  const text = readPdfLines(await draw(plan.id)).join('\n')
  assert.ok(text.includes('KẾHOẠCH'))
  assert.ok(text.includes(`${plan.session.from}-${plan.session.to}`))
})
