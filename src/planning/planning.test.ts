import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aPerson, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { aWard, hour, refusal } from '../../test/planned-ward.ts'
import * as audit from '../audit/audit.ts'
import { addDays, asDay, type Day } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import { builtInLaw, ruleOn } from '../platform/law.ts'
import { Problem } from '../platform/problem.ts'
import { usualWorkingHours } from './law.ts'
import * as planning from './planning.ts'

const house = await openHouse({ withUnits: true })
const world = await aWard(house)
const { as, ward, other, school, hall, team, second, kit, spare, officers } = world

/** Days further and further ahead, so that no test meets another's sessions. Mondays to Thursdays. */
let week = 0
const aFreeDay = (): Day => {
  week += 1
  return addDays(asDay('2023-06-05'), 7 * week)
}
const morning = (day: Day): planning.NewTeamSession => ({
  kind: 'card-and-account',
  siteId: school.id,
  teamId: team.id,
  day,
  startsAt: hour('08:00'),
  endsAt: hour('11:00'),
  kits: [kit.id],
})
const plan = (given: planning.NewTeamSession) => as(work => planning.planTeamSession(work, given))

test('a session is planned with team, machine and the unit’s next number, and the deed records all of it', async () => {
  const day = aFreeDay()
  const first = await plan(morning(day))
  const next = await plan({ ...morning(addDays(day, 1)), kind: 'activation', kits: [] })
  assert.match(first.code, /^HK-\d{3}$/)
  assert.equal(Number(next.code.slice(3)), Number(first.code.slice(3)) + 1)
  const [shown] = (await as(work => planning.readCalendar(work, { unitId: ward.unitId, from: day, to: day }))).sessions
  assert.deepEqual(shown?.officers.map(({ name, role }) => `${name} ${role}`).sort(), [
    'Cán Bộ 1 lone',
    'Cán Bộ 2 photo',
  ])
  assert.deepEqual([shown?.kits.map(({ code }) => code), shown?.capacity, shown?.troubles], [['Máy 01'], 45, []])
  const deed = await house.work(work => audit.lastDeedOn(work, first.id))
  assert.equal(deed?.deed, 'session.planned')
  assert.deepEqual(
    Object.entries(deed?.facts ?? {}).find(([fact]) => fact === 'kits'),
    ['kits', ['Máy 01']],
  )
})

test('a team, an officer and a machine are at one session at a time, and the refusal names the other', async () => {
  const day = aFreeDay()
  const { id, code } = await plan(morning(day))
  const at = { siteId: hall.id, day, startsAt: hour('10:30'), endsAt: hour('11:30') }
  const clash = await refusal(plan({ ...morning(day), ...at, kits: [spare.id] }), 'session-team-busy')
  assert.deepEqual([clash['session'], clash['code']], [id, code])
  const lone = [{ officerId: officers[0]!, role: 'lone' as const }]
  const rest = { kind: 'card-and-account' as const, ...at }
  assert.equal(
    (await refusal(plan({ ...rest, officers: lone, kits: [spare.id] }), 'session-officer-busy'))['session'],
    id,
  )
  assert.equal(
    (await refusal(plan({ ...rest, teamId: second.id, kits: [kit.id] }), 'session-kit-busy'))['kit'],
    'Máy 01',
  )
  await plan({ ...rest, teamId: second.id, kits: [spare.id] })
  await plan({ ...morning(day), startsAt: hour('11:00'), endsAt: hour('11:30') })
})

test('an officer who is there for a part of a session is free for the rest of it', async () => {
  const day = aFreeDay()
  const [first, third] = [officers[0]!, officers[2]!]
  const part = [
    { officerId: first, role: 'lone' as const, to: hour('09:00') },
    { officerId: third, role: 'photo' as const },
  ]
  await plan({ ...morning(day), officers: part })
  const later = { ...morning(day), teamId: second.id, siteId: hall.id, kits: [spare.id], startsAt: hour('09:00') }
  await refusal(plan({ ...later, officers: [{ officerId: third, role: 'lone' }] }), 'session-officer-busy')
  await plan({ ...later, officers: [{ officerId: first, role: 'lone' }] })
  await refusal(
    plan({ ...later, officers: [{ officerId: officers[3]!, role: 'lone', to: hour('12:00') }] }),
    'hours-reversed',
  )
})

test('an officer is named once in a team, in one role', async () => {
  const [officerId] = officers
  const twice = (['lone', 'information-check'] as const).map(role => ({ officerId: officerId as never, role }))
  await refusal(
    as(work => planning.setTeamMembers(work, second.id, twice)),
    'officer-twice',
  )
})

test('when two planners seat one team at the same moment, one of them is refused', async () => {
  const day = aFreeDay()
  const both = await Promise.allSettled([
    plan(morning(day)),
    plan({ ...morning(day), siteId: hall.id, kits: [spare.id] }),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const [failed] = both.flatMap(one => (one.status === 'rejected' ? [one.reason as Problem] : []))
  assert.ok(failed instanceof Problem && /^session-(team|officer)-busy$/.test(failed.code), String(failed))
})

test('a session is refused for reversed hours, a past day, no officer, a closed site or a broken machine', async () => {
  const day = aFreeDay()
  await refusal(plan({ ...morning(day), endsAt: hour('08:00') }), 'hours-reversed')
  await refusal(plan(morning(asDay('2023-04-19'))), 'session-in-the-past')
  await refusal(plan({ ...morning(day), teamId: undefined }), 'session-nobody')
  const free = { ...morning(day), siteId: newId<'site'>() }
  await refusal(plan(free), 'site-unknown')
  await refusal(plan({ ...morning(day), kits: [newId<'kit'>()] }), 'kit-unknown')

  await as(work => planning.closeSiteForDay(work, school.id, { day, why: 'exam' }))
  assert.equal((await refusal(plan(morning(day)), 'session-site-closed'))['why'], 'exam')
  await as(work => planning.reopenSiteForDay(work, school.id, day))

  await as(work => planning.changeKitState(work, kit.id, { state: 'repair', repairUntil: day }))
  assert.deepEqual(await refusal(plan(morning(day)), 'session-kit-in-repair'), { kit: 'Máy 01', until: day })
  await plan(morning(addDays(day, 1)))
  await as(work => planning.changeKitState(work, kit.id, { state: 'ready' }))
  await plan(morning(day))
})

test('closing a school or breaking a machine lists the affected sessions, and the calendar shows them', async () => {
  const day = aFreeDay()
  const session = await plan(morning(day))
  const atSchool = await as(work => planning.closeSiteForDay(work, school.id, { day, why: 'shut' }))
  const onKit = await as(work => planning.changeKitState(work, kit.id, { state: 'repair' }))
  assert.deepEqual(
    atSchool.map(({ id }) => id),
    [session.id],
  )
  assert.ok(onKit.some(({ id }) => id === session.id))
  const { sessions, closedDays } = await as(work =>
    planning.readCalendar(work, { unitId: ward.unitId, from: day, to: day }),
  )
  assert.deepEqual(sessions[0]?.troubles, ['site-closed', 'kit-in-repair'])
  assert.equal(closedDays.length, 1)
  await as(work => planning.reopenSiteForDay(work, school.id, day))
  await as(work => planning.changeKitState(work, kit.id, { state: 'ready' }))
})

type Warned = { readonly code: string }
const codesOf = (facts: Readonly<Record<string, unknown>>) => (facts['warnings'] as Warned[]).map(({ code }) => code)

test('a holiday, a Sunday and hours outside of work ask for a confirmation, and for a commander', async () => {
  const cases = [
    ['holiday', { ...morning(asDay('2023-05-02')) }],
    ['sunday', { ...morning(asDay('2023-07-30')) }],
    ['outside-hours', { ...morning(asDay('2023-07-27')), startsAt: hour('18:00'), endsAt: hour('21:00') }],
  ] as const
  for (const [code, session] of cases) {
    assert.deepEqual(codesOf(await refusal(plan(session), 'session-needs-confirmation')), [code])
    await refusal(plan({ ...session, confirm: [code] }), 'session-order-needed')
    const planned = await plan({ ...session, confirm: [code], by: 'commander' })
    assert.deepEqual(planned.confirmed, [code])
  }
  const facts = await refusal(
    plan({ ...morning(asDay('2023-07-31')), endsAt: hour('12:30') }),
    'session-needs-confirmation',
  )
  assert.deepEqual(facts['warnings'], [{ code: 'outside-hours', minutes: 60 }])
})

test('hours at which the site is shut, and more people than fit, ask for a confirmation alone', async () => {
  const day = aFreeDay()
  const early = await as(work =>
    planning.createSite(work, {
      kind: 'hall',
      unitId: ward.unitId,
      name: 'Nhà văn hóa khu 7',
      opensAt: hour('09:00'),
      closesAt: hour('17:00'),
    }),
  )
  const session = { ...morning(day), siteId: early.id }
  assert.deepEqual(codesOf(await refusal(plan(session), 'session-needs-confirmation')), ['site-hours'])
  assert.deepEqual((await plan({ ...session, confirm: ['site-hours'] })).confirmed, ['site-hours'])

  const short = await plan({ ...morning(addDays(day, 1)), endsAt: hour('08:04'), teamId: team.id })
  const people = [await enter(house, aPerson()), await enter(house, aPerson())]
  const facts = await refusal(
    as(work => planning.addToRoster(work, short.id, { persons: people })),
    'session-needs-confirmation',
  )
  assert.deepEqual(facts['warnings'], [{ code: 'capacity', capacity: 1, invited: 2 }])
  const added = await as(work => planning.addToRoster(work, short.id, { persons: people }, { confirm: ['capacity'] }))
  assert.deepEqual([added.added, added.invited, added.capacity], [2, 2, 1])
  const moved = as(work => planning.moveTeamSession(work, short.id, { endsAt: hour('08:05') }))
  assert.deepEqual(codesOf(await refusal(moved, 'session-needs-confirmation')), ['capacity'])
})

const usualHours = ruleOn(usualWorkingHours, asDay('2023-08-19'), builtInLaw)

test('working hours are the unit’s own, else those of the unit above, else the usual', async () => {
  const day = asDay('2023-08-19')
  const saturday = { ...morning(day), kits: [spare.id] }
  assert.deepEqual(codesOf(await refusal(plan(saturday), 'session-needs-confirmation')), ['outside-hours'])
  const hours = { ...usualHours, saturday: 'morning' as const }
  await house.work(async work => {
    const path = await planning.getWorkingHours(work, ward.unitId, work.today)
    assert.deepEqual(path, usualHours)
  })
  await as(work => planning.setWorkingHoursOf(work, ward.unitId, hours))
  await plan(saturday)
  await refusal(
    as(work => planning.setWorkingHoursOf(work, ward.unitId, { ...hours, morningTo: hour('14:00') })),
    'hours-reversed',
  )
  await as(work => planning.setWorkingHoursOf(work, ward.unitId, usualHours))
})

test('a session moves as a whole, under the same rules, and does not overwrite another planner’s change', async () => {
  const day = aFreeDay()
  const session = await plan(morning(day))
  await plan({ ...morning(addDays(day, 1)), startsAt: hour('08:00'), endsAt: hour('10:00') })
  await refusal(
    as(work => planning.moveTeamSession(work, session.id, { day: addDays(day, 1) })),
    'session-team-busy',
  )
  const moved = await as(work =>
    planning.moveTeamSession(work, session.id, {
      day: addDays(day, 2),
      startsAt: hour('09:00'),
      version: session.version,
    }),
  )
  assert.deepEqual([moved.day, moved.startsAt, moved.version], [addDays(day, 2), '09:00', session.version + 1])
  const [shown] = (
    await as(work => planning.readCalendar(work, { unitId: ward.unitId, from: moved.day, to: moved.day }))
  ).sessions
  assert.deepEqual(
    shown?.officers.map(({ from, to }) => `${from} ${to}`),
    ['09:00 11:00', '09:00 11:00'],
  )
  await refusal(
    as(work => planning.moveTeamSession(work, session.id, { endsAt: hour('10:00'), version: session.version })),
    'session-changed',
  )
  await plan(morning(day))
})

test('a cancelled session frees its team, officers and machine, and stays with its reason', async () => {
  const day = aFreeDay()
  const session = await plan(morning(day))
  await refusal(
    as(work => planning.cancelTeamSession(work, session.id, { reason: ' ' })),
    'session-reason-needed',
  )
  await as(work => planning.cancelTeamSession(work, session.id, { reason: 'mưa lũ' }))
  await plan(morning(day))
  await refusal(
    as(work => planning.moveTeamSession(work, session.id, { day: addDays(day, 3) })),
    'session-state-refused',
  )
  const { sessions } = await as(work => planning.readCalendar(work, { unitId: ward.unitId, from: day, to: day }))
  assert.deepEqual(sessions.map(({ state, reason }) => [state, reason]).sort(), [
    ['cancelled', 'mưa lũ'],
    ['planned', undefined],
  ])
})

test('a counter shift is on the same calendar, keeps its officer busy, and has no roster', async () => {
  const day = aFreeDay()
  const counter = { kind: 'counter' as const, siteId: hall.id, day, startsAt: hour('07:30'), endsAt: hour('17:00') }
  const shift = await plan({ ...counter, officers: [{ officerId: officers[0]!, role: 'lone' }] })
  await refusal(plan(morning(day)), 'session-officer-busy')
  const persons = [await enter(house, aPerson())]
  await refusal(
    as(work => planning.addToRoster(work, shift.id, { persons })),
    'session-state-refused',
  )
})

test('a site, a team and a machine are entered once', async () => {
  const hours = { opensAt: hour('07:00'), closesAt: hour('17:00') }
  await refusal(
    as(work => planning.createSite(work, { kind: 'school', schoolId: world.schoolId, ...hours })),
    'site-known',
  )
  await refusal(
    as(work => planning.createSite(work, { kind: 'hall', ...hours, closesAt: hour('06:00') })),
    'hours-reversed',
  )
  await refusal(
    as(work => planning.createTeam(work, { unitId: ward.unitId, name: 'Tổ 1', colour: 3 })),
    'team-name-taken',
  )
  await refusal(
    as(work => planning.createKit(work, { unitId: ward.unitId, code: 'Máy 01' })),
    'kit-code-taken',
  )
  const stranger = [{ officerId: newId<'officer'>(), role: 'lone' as const }]
  await refusal(
    as(work => planning.setTeamMembers(work, second.id, stranger)),
    'officer-unknown',
  )
})

test('a team that ended takes no new sessions and frees its name; sessions already planned keep it', async () => {
  const day = aFreeDay()
  const made = {
    unitId: ward.unitId,
    name: 'Tổ dự bị',
    colour: 4,
    members: [{ officerId: officers[3]!, role: 'reserve' as const }],
  }
  const reserve = await as(work => planning.createTeam(work, made))
  const session = await plan({ ...morning(day), teamId: reserve.id, kits: [spare.id], confirm: ['team-small'] })
  await as(work => planning.dissolveTeam(work, reserve.id))
  await refusal(plan({ ...morning(addDays(day, 1)), teamId: reserve.id, kits: [] }), 'team-unknown')
  await as(work => planning.createTeam(work, { ...made, members: [] }))
  assert.equal((await as(work => planning.getSession(work, session.id))).teamId, reserve.id)
})

test('another district sees no session, team, machine or site of this one, and seats nobody in it', async () => {
  const day = aFreeDay()
  const session = await plan(morning(day))
  const theirs = await house.as(other, work =>
    planning.readCalendar(work, { unitId: other.unitId, from: day, to: day }),
  )
  assert.deepEqual([theirs.sessions, theirs.teams, theirs.kits, theirs.sites], [[], [], [], []])
  const ours = await house.as(other, work => planning.readCalendar(work, { unitId: ward.unitId, from: day, to: day }))
  assert.deepEqual([ours.sessions, ours.sites, ours.overtime], [[], [], []])
  await refusal(
    house.as(other, work => planning.getSession(work, session.id)),
    'session-gone',
  )
  await refusal(
    house.as(other, work => planning.readRoster(work, session.id)),
    'session-gone',
  )
  await refusal(
    house.as(other, work => planning.cancelTeamSession(work, session.id, { reason: 'x' })),
    'session-gone',
  )
  await refusal(
    house.as(other, work => planning.planTeamSession(work, morning(day))),
    'site-unknown',
  )
  await refusal(
    house.as(other, work => planning.createKit(work, { unitId: ward.unitId, code: 'x' })),
    'unit-outside-scope',
  )
})

test('no series of plans, moves and cancellations seats a team, officer or machine twice at once', async () => {
  const days = [0, 1].map(at => addDays(asDay('2024-03-04'), at))
  const slot = fc.record({
    day: fc.constantFrom(...days),
    from: fc.integer({ min: 8, max: 10 }),
    long: fc.integer({ min: 1, max: 2 }),
    team: fc.constantFrom(team, second),
    kits: fc.subarray([kit.id, spare.id]),
    site: fc.constantFrom(school.id, hall.id),
    officers: fc.subarray(officers, { minLength: 1 }),
  })
  const deed = fc.record({ what: fc.constantFrom('plan', 'plan', 'move', 'cancel'), which: fc.nat({ max: 9 }), slot })
  const two = (n: number) => String(n).padStart(2, '0')
  let refused = 0
  let seated = 0
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 12 }), async deeds => {
      await house.owner('truncate planning.session, planning.session_officer, planning.session_kit cascade')
      const ids: planning.TeamSessionId[] = []
      for (const { what, which, slot: at } of deeds) {
        const where = {
          siteId: at.site,
          teamId: at.team.id,
          day: at.day,
          startsAt: hour(`${two(at.from)}:00`),
          endsAt: hour(`${two(at.from + at.long)}:00`),
          kits: at.kits,
          officers: at.officers.map(officerId => ({ officerId, role: 'lone' as const })),
          confirm: ['outside-hours' as const],
          by: 'commander' as const,
        }
        const id = ids[which % Math.max(1, ids.length)]
        try {
          if (what === 'plan' || !id) ids.push((await plan({ kind: 'activation', ...where })).id)
          else if (what === 'move') await as(work => planning.moveTeamSession(work, id, where))
          else await as(work => planning.cancelTeamSession(work, id, { reason: 'x' }))
          seated += 1
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          refused += 1
        }
      }
      // Counted by statements of their own over the base tables, without the ranges that the constraints compare.
      const twice = await house.owner(`
        select a.id from planning.session a
        join planning.session b on a.id < b.id and a.day = b.day and a.starts_at < b.ends_at and b.starts_at < a.ends_at
          and a.state <> 'cancelled' and b.state <> 'cancelled'
        where a.team_id = b.team_id
           or exists (select from planning.session_officer x join planning.session_officer y using (officer_id)
             where x.session_id = a.id and y.session_id = b.id)
           or exists (select from planning.session_kit x join planning.session_kit y using (kit_id)
             where x.session_id = a.id and y.session_id = b.id)`)
      assert.deepEqual(twice, [])
    }),
    { numRuns: 25 },
  )
  assert.ok(refused > 20 && seated > 20, `${refused} refused, ${seated} done`)
})
