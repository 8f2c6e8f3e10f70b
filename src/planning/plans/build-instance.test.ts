import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aPlannedCampaign } from '../../../test/planned-campaign.ts'
import { hour, refusal } from '../../../test/planned-ward.ts'
import { asDay } from '../../platform/day.ts'
import { builtInLaw } from '../../platform/law.ts'
import * as planning from '../planning.ts'
import type { KitId } from '../session.ts'
import type { HeldSession } from './store-instance.ts'
import { judgeThroughput } from './throughput.ts'

/** An instance is made of what the house knows: of a ward, and of the whole province. */

const house = await openHouse({ withUnits: true })
const world = await aPlannedCampaign(house)
const { as, ward, school, hall, team, second, kit, spare, officers, drive } = world
const days = { from: asDay('2023-04-24'), to: asDay('2023-05-07') }

const ofWard = (given: Partial<planning.PlanRequest> = {}) =>
  as(work => planning.buildInstanceWithNotes(work, { campaign: drive, ...days, ...given }))
const ofProvince = () => house.work(work => planning.buildInstanceWithNotes(work, { campaign: drive, ...days }))

test('pupils are demanded at their school, residents at the hall, each kind by its last safe day', async () => {
  const { instance } = await ofWard()
  const shown = instance.demands.map(({ site, kind, people, minutesEach }) => [site, kind, people, minutesEach])
  const told = [
    [school.id, 'capture', 3, 4],
    [hall.id, 'capture', 2, 4],
    [hall.id, 'raising', 2, 5],
  ]
  const inOrder = (rows: unknown[]) => rows.map(row => JSON.stringify(row)).sort()
  assert.deepEqual(inOrder(shown), inOrder(told))
  assert.ok(instance.demands.every(({ lastDay }) => lastDay > '2023-04-24' && lastDay < '2023-05-31'))
  const [card, account] = ['capture', 'raising'].map(kind => instance.demands.find(one => one.kind === kind)?.lastDay)
  assert.ok((card ?? '') < (account ?? ''), 'a card takes longer than an account')
})

test('in a province whoever lives where no site is known is demanded at a hall that is still to be found', async () => {
  const { instance, notes } = await ofProvince()
  const [site] = instance.sites.filter(({ place }) => place === commune.quangHanh)
  assert.match(site?.id ?? '', /^hall:/)
  assert.deepEqual(notes.sitesToEnter, [site?.name])
  assert.equal(
    instance.demands.reduce((sum, { people }) => sum + people, 0),
    8,
  )
})

test('holidays have no ordinary hours, and an order for overtime holds on the days that it names', async () => {
  const order = { days: [asDay('2023-04-29')], evenings: true }
  const { instance } = await ofWard({ overtime: order })
  const dayOf = (day: string) => instance.days.find(one => one.day === day)
  assert.equal(instance.days.length, 14)
  assert.deepEqual(dayOf('2023-04-24')?.ordinary, [
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ])
  assert.deepEqual(dayOf('2023-04-24')?.overtime, { minutes: 180, from: '06:30', to: '21:00' })
  assert.deepEqual([dayOf('2023-05-01')?.ordinary, dayOf('2023-05-01')?.overtime], [[], undefined])
  assert.deepEqual(dayOf('2023-04-29')?.overtime, { minutes: 480, from: '07:00', to: '17:30' })
  assert.deepEqual(instance.caps, { monthMinutes: 3600, yearMinutes: 12000, restDaysAMonth: 4 })
})

test('a kit in repair, an officer who left and a closed day are as the house has them', async () => {
  await as(work => planning.changeKitState(work, spare.id, { state: 'repair', repairUntil: asDay('2023-04-26') }))
  await as(work => planning.closeSiteForDay(work, school.id, { day: asDay('2023-04-27'), why: 'exam' }))
  await house.owner('update staff.officer set left_at = now() where id = $1', [officers[1]])
  const { instance } = await ofWard()
  assert.deepEqual(instance.kits.find(({ id }) => id === spare.id)?.away, ['2023-04-24', '2023-04-25', '2023-04-26'])
  assert.deepEqual(instance.sites.find(({ id }) => id === school.id)?.closed, [
    { from: '2023-04-27', to: '2023-04-27', why: 'exam' },
  ])
  assert.deepEqual(
    instance.teams.map(({ name, base, officers: theirs }) => [name, base, theirs.map(({ name: who }) => who)]),
    [
      ['Tổ 1', commune.haKhanh, ['Cán Bộ 1']],
      ['Đội 2', commune.haKhanh, ['Cán Bộ 3']],
    ].sort(),
  )
  await house.owner('update staff.officer set left_at = null where id = $1', [officers[1]])
  await as(work => planning.changeKitState(work, spare.id, { state: 'ready' }))
})

test('overtime of the month and the year so far is counted of each officer, with rest days', async () => {
  const held = await as(work =>
    planning.planTeamSession(work, {
      kind: 'activation',
      siteId: hall.id,
      teamId: second.id,
      day: asDay('2023-04-20'),
      startsAt: hour('08:00'),
      endsAt: hour('09:00'),
    }),
  )
  for (const [day, restDay] of [
    ['2023-02-11', 120],
    ['2023-04-12', 0],
  ])
    await house.owner(
      `insert into planning.overtime (session_id, officer_id, unit_id, day, basis, worked_from, worked_to, weekday,
         rest_day, holiday, night, weighted) values ($1, $2, $3, $4, 'own', 0, 60, $5, $6, 0, 0, 0)`,
      [restDay ? held.id : team.id, officers[2], ward.unitId, day, restDay ? 0 : 45, restDay],
    )
  const { instance } = await ofWard()
  const who = instance.teams.flatMap(one => one.officers).find(({ id }) => id === officers[2])
  assert.deepEqual(who?.overtimeBefore, { '2023-02': 120, '2023': 165, '2023-04': 45 })
  assert.deepEqual(who?.restDaysBefore, { '2023-02': 1 })
})

test('a session that stands is announced, and locked once a family was told of it', async () => {
  const planned = await as(work =>
    planning.planTeamSession(work, {
      kind: 'card-and-account',
      siteId: school.id,
      teamId: team.id,
      day: asDay('2023-04-25'),
      startsAt: hour('08:00'),
      endsAt: hour('11:00'),
      kits: [kit.id],
    }),
  )
  const announced = async () => (await ofWard()).instance.announced
  const [before] = await announced()
  assert.deepEqual([before?.id, before?.shift, before?.locked, before?.kits], [planned.id, 'morning', false, [kit.id]])
  await house.owner(
    `insert into planning.family_notice (person_id, id, session_id, unit_id, kind, of_version, message_id, noted_at)
     values ($1, $1, $2, $3, 'invited', 0, $1, now())`,
    [team.id, planned.id, ward.unitId],
  )
  assert.deepEqual(
    (await announced()).map(({ locked }) => locked),
    [true],
  )
})

test('a shift at the counter takes its officer for the day, and is not announced', async () => {
  const counter = await as(work =>
    planning.createSite(work, {
      kind: 'counter',
      unitId: ward.unitId,
      opensAt: hour('07:00'),
      closesAt: hour('17:00'),
    }),
  )
  await as(work =>
    planning.planTeamSession(work, {
      kind: 'counter',
      siteId: counter.id,
      day: asDay('2023-05-04'),
      startsAt: hour('08:00'),
      endsAt: hour('11:00'),
      officers: [{ officerId: officers[2]! as never, role: 'lone' }],
    }),
  )
  const { instance } = await ofWard()
  assert.deepEqual(instance.teams.flatMap(one => one.officers).find(({ id }) => id === officers[2])?.away, [
    '2023-05-04',
  ])
  assert.equal(instance.announced.length, 1)
})

test('a session of a team that nobody is of, and an officer who is lent, take them for the day', async () => {
  const empty = await as(work => planning.createTeam(work, { unitId: ward.unitId, name: 'Tổ trống', colour: 3 }))
  const named = (at: number) => ({ officerId: officers[at]! as never, role: 'lone' as const })
  const on = (day: string) => ({ day: asDay(day), startsAt: hour('08:00'), endsAt: hour('11:00') })
  const held = { kind: 'activation' as const, siteId: hall.id }
  const ofEmpty = await as(work =>
    planning.planTeamSession(work, {
      ...held,
      ...on('2023-05-05'),
      teamId: empty.id,
      kits: [spare.id],
      officers: [named(2)],
    }),
  )
  await as(work =>
    planning.planTeamSession(work, {
      ...held,
      ...on('2023-04-26'),
      teamId: team.id,
      officers: [named(0), named(2)],
      confirm: ['overtime'],
    }),
  )
  const { instance, notes } = await ofWard()
  assert.deepEqual([notes.teamsLeftOut, notes.notAnnounced], [['Tổ trống'], [ofEmpty.code]])
  assert.deepEqual(instance.kits.find(({ id }) => id === spare.id)?.away, ['2023-05-05'])
  const lent = instance.teams.flatMap(one => one.officers).find(({ id }) => id === officers[2])
  assert.deepEqual(lent?.away, ['2023-04-26', '2023-05-04', '2023-05-05'])
  assert.deepEqual(instance.announced.find(({ day }) => day === '2023-04-26')?.officers, [officers[0]])
})

test('a way that a file told replaces the estimate, and to an island leads a boat alone', async () => {
  const estimated = await ofProvince()
  const index = (code: string) => estimated.instance.places.findIndex(({ id }) => id === code)
  const [from, to] = [index(commune.haKhanh), index(commune.quangHanh)]
  const guess = estimated.instance.travel.minutes[from]?.[to] ?? 0
  assert.ok(guess > 10 && guess < 120, `${guess} minutes by the map`)
  assert.deepEqual(estimated.notes.toldWays, [])

  const rows = (columns: readonly string[], lines: readonly string[]) =>
    lines.map((line, at) => ({
      line: at + 2,
      values: Object.fromEntries(line.split(',').map((text, column) => [columns[column] ?? '', text])),
    }))
  const { haKhanh, haPhong, quangHanh } = commune
  const ways = [`${haKhanh},${quangHanh},41,33.5`, `${haKhanh},99999,5,5`, `${haKhanh},${haPhong},-1,2`]
  const taken = await house.work(work => planning.importTravel(work, rows(planning.travelColumns, ways)))
  assert.deepEqual(
    [taken.added, taken.rejected.map(({ reason }) => reason.split(':')[0])],
    [1, ['unit-unknown', 'minutes-malformed']],
  )
  const told = (await ofProvince()).instance.travel
  assert.deepEqual([told.minutes[from]?.[to], told.minutes[to]?.[from], told.km[to]?.[from]], [41, 41, 33.5])

  await house.owner('delete from planning.travel')
  const boats = [`${haPhong},${quangHanh},135,07:30,40,12`, `${haPhong},${quangHanh},8,07:30,40,12`]
  await house.work(work => planning.importTravel(work, rows(planning.travelColumns, [`${quangHanh},,,`])))
  const crossings = await house.work(work => planning.importCrossings(work, rows(planning.crossingColumns, boats)))
  assert.deepEqual([crossings.added, crossings.rejected.length], [1, 1])
  const { instance } = await ofProvince()
  const at = (code: string) => instance.places.findIndex(({ id }) => id === code)
  assert.equal(instance.travel.minutes[at(haKhanh)]?.[at(quangHanh)], null)
  assert.ok(Number(instance.travel.minutes[at(haKhanh)]?.[at(haPhong)]) > 0)
  assert.deepEqual(
    instance.crossings.map(({ departs, days: on }) => [departs, on[0], on.length]),
    [['07:30', '2023-04-24', 6]],
  )
})

test('what enough closed sessions took replaces the assumption, by kind of site and by kit', () => {
  const slow = 'slow' as KitId
  const quick = 'quick' as KitId
  const aHeldSession = (given: Partial<HeldSession>): HeldSession => ({
    kind: 'card-and-account',
    siteKind: 'school',
    people: 30,
    minutes: 180,
    officers: 2,
    kits: [slow],
    ...given,
  })
  const held = [
    ...Array.from({ length: 5 }, () => aHeldSession({})),
    ...Array.from({ length: 5 }, () => aHeldSession({ people: 60, kits: [quick] })),
    aHeldSession({ siteKind: 'hall', people: 1 }),
  ]
  const pace = judgeThroughput(held, asDay('2023-04-20'), builtInLaw)
  assert.equal(pace.minutesEach('capture', 'school'), 4, '1800 minutes of machines for 450 people')
  assert.equal(pace.minutesEach('capture', 'hall'), 4, 'one session is not enough')
  const speedOf = (id: KitId) => pace.speedPercent({ id, unitId: ward.unitId, code: '', state: 'ready', perHour: 60 })
  assert.deepEqual([speedOf(slow), speedOf(quick), speedOf('other' as KitId)], [67, 133, 400])
  assert.equal(judgeThroughput(held.slice(0, 4), asDay('2023-04-20'), builtInLaw).measured.minutes.length, 0)
})

test('days that are reversed or past, and a unit that is not one’s own, are refused', async () => {
  await refusal(ofWard({ from: asDay('2023-05-01'), to: asDay('2023-04-24') }), 'input-invalid')
  await refusal(ofWard({ from: asDay('2023-04-19') }), 'input-invalid')
  await refusal(ofWard({ unitId: drive.unitId }), 'unit-outside-scope')
})
