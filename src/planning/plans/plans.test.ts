import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { openHouse } from '../../../test/house.ts'
import { aPlannedCampaign } from '../../../test/planned-campaign.ts'
import { hour, refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { openLog } from '../../platform/log.ts'
import * as planning from '../planning.ts'
import type { NewPlan } from './plans.ts'

/** Plans are sought by a job, stopped, accepted by a commander and refused once they no longer fit. */

const house = await openHouse({ withUnits: true })
const { as, other, ward, school, hall, team, second, kit, spare, officers, drive } = await aPlannedCampaign(house)
const solver = new URL('./morning-solver.fixture.ts', import.meta.url)
const log = openLog('silent')

/** Weeks of their own, so that no test meets the sessions of another. */
let week = 0
function aFreeWeek(): { from: Day; to: Day; saturday: Day } {
  week += 1
  const dayAt = (days: number) => asDay(new Date(Date.UTC(2023, 4, 1 + 7 * week + days)).toISOString().slice(0, 10))
  return { from: dayAt(0), to: dayAt(6), saturday: dayAt(5) }
}
type Week = ReturnType<typeof aFreeWeek>

const begin = ({ from, to }: Pick<Week, 'from' | 'to'>, given: Partial<NewPlan> = {}) =>
  as(work =>
    planning.beginPlan(work, { campaignId: drive.id, from, to, overtime: planning.noOvertime, seed: 1, ...given }),
  )
const run = (id: planning.PlanId) => planning.runPlan(house.openWork, id, { log }, solver)
const planOf = (id: planning.PlanId) => as(work => planning.getPlan(work, id))
async function solved(days: Pick<Week, 'from' | 'to'>, given: Partial<NewPlan> = {}) {
  const { id } = await begin(days, given)
  await run(id)
  return planOf(id)
}
const accept = (
  { id, version }: Pick<planning.KeptPlan, 'id' | 'version'>,
  confirm: readonly planning.PlanWarning[] = [],
) => as(work => planning.acceptPlan(work, id, { version, confirm }))
const sessionsOf = async ({ from, to }: Week) =>
  (await as(work => planning.readCalendar(work, { unitId: ward.unitId, from, to }))).sessions
const aSession = (day: Day, given: Partial<planning.NewTeamSession> = {}) =>
  as(work =>
    planning.planTeamSession(work, {
      kind: 'card-and-account',
      siteId: school.id,
      teamId: team.id,
      day,
      startsAt: hour('08:00'),
      endsAt: hour('11:00'),
      kits: [kit.id],
      ...given,
    }),
  )
const changedIn = (facts: Readonly<Record<string, unknown>>) =>
  (facts['changed'] as { what: string }[]).map(({ what }) => what)

test('a plan is queued, found by the job and kept with its objective and bound', async () => {
  const days = aFreeWeek()
  const { id, solving } = await begin(days)
  assert.equal(solving, 'waiting')
  const [job] = await house.owner<{ n: number }>(
    `select count(*)::int as n from graphile_worker.jobs where task_identifier = 'solve-plan' and key = $1`,
    [`solve-plan ${id}`],
  )
  assert.equal(job?.n, 1)
  await refusal(begin(days), 'plan-under-way')
  await run(id)
  const plan = await planOf(id)
  assert.deepEqual([plan.state, plan.solving, plan.objective, plan.bound], ['draft', 'done', 0, 0])
  assert.deepEqual((await house.work(work => audit.deedsOf(work, id))).map(({ deed }) => deed).sort(), [
    'plan.begun',
    'plan.solved',
  ])
  const listed = await as(work => planning.listPlans(work, ward.unitId))
  assert.equal(listed[0]?.id, id)
  await run(id)
  assert.equal((await planOf(id)).version, plan.version, 'what is found is not sought again')
})

test('an accepted plan becomes sessions of its team, the order for overtime with it', async () => {
  const days = aFreeWeek()
  const plan = await solved(days, { overtime: { days: [days.saturday], evenings: false } })
  const done = await accept(plan)
  assert.deepEqual([done.created, done.kept, done.moved, done.cancelled], [2, 0, 0, 0])
  const sessions = await sessionsOf(days)
  assert.deepEqual(
    sessions.map(({ kind, campaignId }) => [kind, campaignId]),
    [0, 1].map(() => ['card-and-account', drive.id]),
  )
  const ordered = sessions.find(({ day }) => day === days.saturday)
  assert.deepEqual([ordered?.confirmed, ordered?.teamId, ordered?.officers.length], [['outside-hours'], team.id, 2])
  assert.deepEqual([done.plan.state, done.plan.version], ['accepted', plan.version + 1])
  await refusal(accept(done.plan), 'plan-state-refused')
})

test('a plan that was changed since it was opened is not accepted', async () => {
  const plan = await solved(aFreeWeek())
  await refusal(accept({ ...plan, version: plan.version - 1 }), 'plan-changed')
})

test('an announced session is kept as it is; one that the plan does not keep is moved, or cancelled', async () => {
  const days = aFreeWeek()
  const session = await aSession(days.from)
  const versionOf = async () => (await sessionsOf(days)).find(({ id }) => id === session.id)?.version
  const kept = await accept(await solved(days))
  assert.deepEqual([kept.kept, kept.moved, await versionOf()], [1, 0, 1])

  const again = aFreeWeek()
  const atHall = await aSession(again.from, { siteId: hall.id })
  const atSchool = await aSession(
    asDay(again.to.slice(0, 8) + String(Number(again.from.slice(8)) + 1).padStart(2, '0')),
  )
  const moved = await accept(await solved(again, { seed: 2 }))
  assert.deepEqual([moved.created, moved.moved, moved.cancelled], [0, 2, 0])
  const where = new Map((await sessionsOf(again)).map(({ id, day, officers: who }) => [id, [day, who.length]]))
  assert.equal(where.size, 2)
  assert.ok([atHall, atSchool].every(({ id }) => where.get(id)?.[1] === 2))

  const last = aFreeWeek()
  const dropped = await aSession(last.from)
  assert.equal((await accept(await solved(last, { seed: 3 }))).cancelled, 1)
  assert.deepEqual(
    (await sessionsOf(last)).map(({ id, state, reason }) => [id, state, reason]),
    [[dropped.id, 'cancelled', 'Thay đổi theo kế hoạch mới']],
  )
})

test('a kept session takes the hours of the plan, and one that is open stays as it is', async () => {
  const { today, tomorrow } = { today: asDay('2023-04-20'), tomorrow: asDay('2023-04-21') }
  const open = await aSession(today)
  await as(work => planning.openTeamSession(work, open.id))
  const planned = await aSession(tomorrow)
  const plan = await solved({ from: today, to: tomorrow }, { seed: 4 })
  assert.deepEqual((await accept(plan)).kept, 2)
  const shown = await as(work => planning.readCalendar(work, { unitId: ward.unitId, from: today, to: tomorrow }))
  const endOf = (id: string) => shown.sessions.find(one => one.id === id)?.endsAt
  assert.deepEqual([endOf(open.id), endOf(planned.id)], ['11:00', '10:30'])
})

test('two sessions of one team that change places stand in nobody’s way', async () => {
  const days = aFreeWeek()
  const next = asDay(new Date(Date.parse(days.from) + 86_400_000).toISOString().slice(0, 10))
  const [first, other] = [school, hall].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const late = await aSession(next, { siteId: first!.id })
  const early = await aSession(days.from, { siteId: other!.id })
  assert.equal((await accept(await solved(days, { seed: 2 }))).moved, 2)
  const dayOf = new Map((await sessionsOf(days)).map(({ id, day }) => [id, day]))
  assert.deepEqual([dayOf.get(late.id), dayOf.get(early.id)], [days.from, next])
})

test('a plan that no longer fits is refused with what has changed, and nothing of it is planned', async () => {
  const days = aFreeWeek()
  const plan = await solved(days)
  const stale = async () => changedIn(await refusal(accept(plan), 'plan-stale'))
  const [route] = plan.plan?.routes ?? []
  const at = route?.sessions[0]?.site as typeof school.id
  await as(work => planning.closeSiteForDay(work, at, { day: route?.day as Day, why: 'exam' }))
  assert.deepEqual(await stale(), ['site-closed'])
  await as(work => planning.reopenSiteForDay(work, at, route?.day as Day))

  await as(work => planning.changeKitState(work, route?.kits[0] as typeof kit.id, { state: 'repair' }))
  assert.ok((await stale()).every(what => what === 'kit-away'))
  await as(work => planning.changeKitState(work, route?.kits[0] as typeof kit.id, { state: 'ready' }))

  await house.owner('update staff.officer set left_at = now() where id = $1', [officers[0]])
  assert.ok((await stale()).every(what => what === 'officer-away'))
  await house.owner('update staff.officer set left_at = null where id = $1', [officers[0]])

  const fresh = await aSession(days.to, { teamId: second.id, kits: [spare.id], confirm: ['sunday'], by: 'commander' })
  assert.ok((await stale()).includes('session-new'))
  await as(work => planning.cancelTeamSession(work, fresh.id, { reason: 'thử' }))
  assert.deepEqual(
    (await sessionsOf(days)).map(({ state }) => state),
    ['cancelled'],
  )
  assert.equal((await accept(plan)).created, 2)
})

test('a family that was told meanwhile keeps its session: a plan that moves it is stale', async () => {
  const days = aFreeWeek()
  const session = await aSession(days.saturday, { confirm: ['outside-hours'], by: 'commander', siteId: hall.id })
  const plan = await solved(days, { seed: 3 })
  await house.owner(
    `insert into planning.family_notice (person_id, id, session_id, unit_id, kind, of_version, message_id, noted_at)
     values ($1, $2, $2, $3, 'invited', 0, $1, now())`,
    [team.id, session.id, ward.unitId],
  )
  assert.deepEqual(changedIn(await refusal(accept(plan), 'plan-stale')), ['session-told'])
})

test('warnings beyond the order are named for all sessions, and confirmed by their codes', async () => {
  const days = aFreeWeek()
  const plan = await solved(days)
  const [held] = await house.owner<{ id: string }>('select id from planning.session limit 1')
  await house.owner(
    `insert into planning.overtime (session_id, officer_id, unit_id, day, basis, worked_from, worked_to, weekday,
       rest_day, holiday, night, weighted) values ($1, $2, $3, $4, 'own', 0, 60, 5000, 0, 0, 0, 0)`,
    [held?.id, officers[0], ward.unitId, days.from],
  )
  const { sessions } = await refusal(accept(plan), 'plan-needs-confirmation')
  const told = sessions as { site: string; warnings: { code: string }[] }[]
  assert.deepEqual(
    told.map(({ warnings }) => warnings.map(({ code }) => code)),
    [['overtime'], ['overtime']],
  )
  assert.equal((await accept(plan, ['overtime'])).created, 2)
  await house.owner('delete from planning.overtime')
})

test('a plan that is being sought is stopped with the best so far; a draft is dropped', async () => {
  const { id } = await begin(aFreeWeek(), { seed: 99 })
  const running = run(id)
  while ((await planOf(id)).solving !== 'running') await setTimeout(20)
  await as(work => planning.cancelPlan(work, id))
  await running
  const stopped = await planOf(id)
  assert.deepEqual([stopped.state, stopped.solving, stopped.plan?.made.stopped], ['draft', 'stopped', true])
  assert.equal((await as(work => planning.cancelPlan(work, id))).state, 'dropped')
  await refusal(accept(stopped), 'plan-changed')
})

test('a plan that cannot be solved is said to have failed, and another can be begun', async () => {
  const { id, solving } = await solved(aFreeWeek(), { seed: 98 })
  assert.equal(solving, 'failed')
  await refusal(accept(await planOf(id)), 'plan-state-refused')
  assert.equal((await solved(aFreeWeek())).solving, 'done')
})

test('an officer of another ward neither sees a plan nor begins, stops or accepts one there', async () => {
  const plan = await solved(aFreeWeek())
  const { id, version } = plan
  const elsewhere = <T>(verb: Parameters<typeof house.as<T>>[1]) => house.as(other, verb)
  assert.deepEqual(await elsewhere(work => planning.listPlans(work, ward.unitId)), [])
  await refusal(
    elsewhere(work => planning.getPlan(work, id)),
    'plan-unknown',
  )
  await refusal(
    elsewhere(work => planning.cancelPlan(work, id)),
    'plan-unknown',
  )
  await refusal(
    elsewhere(work => planning.acceptPlan(work, id, { version, confirm: [] })),
    'plan-unknown',
  )
  const days = aFreeWeek()
  await refusal(
    elsewhere(work =>
      planning.beginPlan(work, {
        campaignId: drive.id,
        unitId: ward.unitId,
        from: days.from,
        to: days.to,
        overtime: planning.noOvertime,
        seed: 1,
      }),
    ),
    'unit-outside-scope',
  )
  assert.equal((await planOf(id)).state, 'draft')
})
