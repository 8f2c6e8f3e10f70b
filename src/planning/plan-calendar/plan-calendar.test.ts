import assert from 'node:assert/strict'
import { test } from 'node:test'
import { businessDay, openHouse } from '../../../test/house.ts'
import { aPlannedCampaign } from '../../../test/planned-campaign.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { asDay } from '../../platform/day.ts'
import { countedAs } from '../../platform/limits/caller.ts'
import { databaseTurns, laneTurns, longestWaitSeconds } from '../../platform/limits/law.ts'
import { openTurns } from '../../platform/limits/turns.ts'
import { openLog } from '../../platform/log.ts'
import { Problem } from '../../platform/problem.ts'
import { makeOpenWork, type Work } from '../../platform/work.ts'
import { planReasons } from '../law.ts'
import { checkPlan } from '../plan-check/plan-check.ts'
import * as planning from '../planning.ts'
import { readPlanWeek } from './plan-calendar.ts'
import { changeSessionOfPlan, trySessionChange } from './session-changes.ts'

/** A plan on the calendar: a week of it, and what a planner changes by hand. */

const house = await openHouse({ withUnits: true })
const { as, other, ward, team, second, drive } = await aPlannedCampaign(house)
const [from, to] = [asDay('2023-05-08'), asDay('2023-05-14')]

/** Sought by the solver itself, with so little work that it takes a second. */
async function aFoundPlan(days: Pick<planning.NewPlan, 'from' | 'to' | 'locksOf'> = { from, to }) {
  const { id } = await as(work =>
    planning.beginPlan(work, { campaignId: drive.id, ...days, overtime: planning.noOvertime, seed: 1, work: 5 }),
  )
  await planning.runPlan(house.openWork, id, { log: openLog('silent') })
  return as(work => planning.getPlan(work, id))
}
const { id, version } = await aFoundPlan()
const week = (day?: Parameters<typeof readPlanWeek>[2]) => as(work => readPlanWeek(work, id, day))
const sessionsNow = async () => (await week()).sessions

test('a week of a plan says who is where, and what the whole plan comes to', async () => {
  const shown = await week()
  assert.deepEqual([shown.monday, shown.weeks, shown.days.length], ['2023-05-08', ['2023-05-08'], 7])
  assert.deepEqual(
    shown.days.map(({ work }) => work),
    ['ordinary', 'ordinary', 'ordinary', 'ordinary', 'ordinary', 'none', 'none'],
  )
  assert.deepEqual([shown.figures?.people, shown.figures?.latePeople, shown.resources.teams], [7, 0, 2])
  assert.ok(shown.sessions.length > 0)
  for (const session of shown.sessions) {
    assert.ok(shown.teams.some(({ id: known }) => known === session.team))
    assert.ok(shown.routes.some(({ team: on, day }) => on === session.team && day === session.day))
    assert.match(session.siteName, /\S/)
  }
  assert.equal(
    shown.sessions.reduce((sum, { people }) => sum + people, 0),
    7,
  )
  assert.equal((await week(asDay('2024-01-01'))).monday, '2023-05-08', 'another week is none of the plan')
})

/** The turns of a house with one server. */
function asOfficers() {
  const { inTurn } = openTurns({ all: databaseTurns.ofRequests, lanes: laneTurns, waitSeconds: longestWaitSeconds })
  const openWork = makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => businessDay, inTurn })
  return <T>(officer: string, verb: (work: Work) => Promise<T>) =>
    countedAs({ lane: 'officers', key: officer }, () => openWork(ward, verb))
}

test('many who try changes at once are refused after the limit, and the others are answered', async () => {
  const officer = asOfficers()
  const [session] = await sessionsNow()
  const change = { kind: 'lock' as const, session: session?.id ?? assert.fail() }
  const attempt = (name: string): Promise<string> =>
    officer(name, work => trySessionChange(work, id, change)).then(
      () => 'tried',
      (error: unknown) => (error instanceof Problem ? error.code : assert.fail(String(error))),
    )

  const many = Promise.all(Array.from({ length: 40 }, (_, at) => attempt(`officer ${at}`)))
  assert.equal((await officer('another', work => readPlanWeek(work, id, undefined))).version, version)
  const counts = Map.groupBy(await many, told => told)
  assert.deepEqual(new Set(counts.keys()), new Set(['tried', 'plan-reasons-busy']))
  assert.ok((counts.get('tried')?.length ?? 0) >= planReasons.atOnce)

  let left = 20
  const one = Promise.all(Array.from({ length: left }, () => attempt('one officer').finally(() => (left -= 1))))
  assert.equal(await attempt('another'), 'tried')
  assert.ok(left > 0, 'who asks once does not wait for all that somebody else asks')
  assert.deepEqual(new Set(await one), new Set(['tried']))
})

test('a change that is only tried says what it costs and what it breaks, and keeps nothing', async () => {
  const before = await as(work => planning.getPlan(work, id))
  const [session] = await sessionsNow()
  assert.ok(session)
  const tried = await as(work =>
    trySessionChange(work, id, { kind: 'move', session: session.id, team: session.team, day: to, shift: 'morning' }),
  )
  assert.ok(tried.faults.some(({ code }) => code === 'outside-ordinary-hours'))
  await refusal(
    as(work =>
      changeSessionOfPlan(work, id, {
        version,
        change: { kind: 'move', session: session.id, team: session.team, day: to, shift: 'morning' },
      }),
    ),
    'plan-limits-broken',
  )
  assert.deepEqual(await as(work => planning.getPlan(work, id)), before)
})

test('a draft is changed by the version that was seen: moved, locked, unlocked, and still valid', async () => {
  const [session] = await sessionsNow()
  assert.ok(session)
  const shift = session.shift === 'morning' ? 'afternoon' : 'morning'
  const change = { kind: 'move' as const, session: session.id, team: session.team, day: asDay('2023-05-12'), shift }
  const done = await as(work => changeSessionOfPlan(work, id, { version, change }))
  const moved = (await sessionsNow()).find(({ id: at }) => at === done.session)
  assert.deepEqual([moved?.day, moved?.shift, moved?.site], ['2023-05-12', shift, session.site])
  await refusal(
    as(work => changeSessionOfPlan(work, id, { version, change })),
    'plan-changed',
  )
  const lock = { kind: 'lock' as const, session: done.session }
  const locked = await as(work => changeSessionOfPlan(work, id, { version: done.version, change: lock }))
  assert.equal((await sessionsNow()).find(({ id: at }) => at === done.session)?.locked, true)
  const away = { ...change, session: done.session, day: asDay('2023-05-09') }
  const { faults } = await refusal(
    as(work => changeSessionOfPlan(work, id, { version: locked.version, change: away })),
    'plan-limits-broken',
  )
  assert.ok((faults as { code: string }[]).some(({ code }) => code === 'locked-not-kept'))
  const kept = await as(work => planning.getPlan(work, id))
  assert.deepEqual(checkPlan(kept.instance, kept.plan).faults, [])
  assert.ok((await house.work(work => audit.deedsOf(work, id))).some(({ deed }) => deed === 'plan.changed'))
})

test('a draft that is sought anew keeps the locks that were set by hand', async () => {
  const locked = (await sessionsNow()).filter(one => one.locked)
  assert.equal(locked.length, 1)
  const anew = await aFoundPlan({ from, to, locksOf: id })
  const slotsOf = (sessions: typeof locked) => sessions.map(({ site, day, shift }) => [site, day, shift])
  const shown = (await as(work => readPlanWeek(work, anew.id, from))).sessions
  assert.deepEqual(slotsOf(shown.filter(one => one.locked)), slotsOf(locked))
  assert.deepEqual(checkPlan(anew.instance, anew.plan).faults, [])
  await refusal(
    house.as(other, work =>
      planning.beginPlan(work, { campaignId: drive.id, from, to, overtime: planning.noOvertime, seed: 1, locksOf: id }),
    ),
    'plan-unknown',
  )
  await as(work => planning.cancelPlan(work, anew.id))
})

test('a plan with locks by hand is accepted like any other, and stays as it is from then on', async () => {
  const draft = await as(work => planning.getPlan(work, id))
  const count = (await sessionsNow()).length
  const done = await as(work => planning.acceptPlan(work, id, { version: draft.version, confirm: [] }))
  assert.deepEqual([done.created, done.kept, done.cancelled], [count, 0, 0])
  const [session] = await sessionsNow()
  await refusal(
    as(work =>
      changeSessionOfPlan(work, id, {
        version: done.plan.version,
        change: { kind: 'lock', session: session?.id as string },
      }),
    ),
    'plan-state-refused',
  )
})

test('a session of which families know is not unlocked', async () => {
  const [held] = (await as(work => planning.readCalendar(work, { unitId: ward.unitId, from, to }))).sessions
  assert.ok(held)
  await house.owner(
    `insert into planning.family_notice (person_id, id, session_id, unit_id, kind, of_version, message_id, noted_at)
     values ($1, $2, $2, $3, 'invited', 0, $1, now())`,
    [team.id, held.id, ward.unitId],
  )
  const again = await aFoundPlan()
  const shown = await as(work => readPlanWeek(work, again.id, from))
  const told = shown.sessions.find(({ locked }) => locked)
  assert.ok(told?.announced)
  await refusal(
    as(work =>
      changeSessionOfPlan(work, again.id, {
        version: again.version,
        change: { kind: 'unlock', session: told.id },
      }),
    ),
    'plan-session-told',
  )
})

test('an officer of another ward sees no week of a plan, and neither tries nor keeps a change', async () => {
  const change = { kind: 'move' as const, session: 'any', team: second.id, day: from, shift: 'morning' }
  for (const verb of [
    () => house.as(other, work => readPlanWeek(work, id, from)),
    () => house.as(other, work => trySessionChange(work, id, change)),
    () => house.as(other, work => changeSessionOfPlan(work, id, { version, change })),
  ])
    await refusal(verb(), 'plan-unknown')
  await refusal(
    as(work => trySessionChange(work, id, change)),
    'plan-session-unknown',
  )
})
