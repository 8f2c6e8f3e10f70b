import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type APerson, anOfficerOf, aPerson, commune, enter, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour, refusal } from '../../../test/planned-ward.ts'
import { handWritten } from '../../../test/rolls/hand-written.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { addDays, asDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { asSystem, makeOpenWork, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as rolls from '../../rolls/rolls.ts'
import type * as units from '../../units/units.ts'
import * as planning from '../planning.ts'
import { absences } from '../session.ts'
import { closingOf } from './closing.ts'

const house = await openHouse({ withUnits: true })
const world = await aWard(house)
const { as, ward, other, school, hall, team, second, kit, spare, officers } = world
const today = asDay('2023-04-20')

const aPupil = (given: APerson = {}) => enter(house, aPerson(given))
const slots = [
  ['07:30', '09:00'],
  ['09:00', '10:30'],
  ['10:30', '11:30'],
  ['13:30', '15:00'],
  ['15:00', '17:00'],
] as const
let planned = 0

/** A session of today; the hours are others each time. */
async function aSession(
  kind: planning.SessionKind = 'card-and-account',
  persons: readonly register.PersonId[] = [],
): Promise<planning.TeamSessionId> {
  const [from, to] = slots[planned % slots.length]!
  const isLate = planned >= slots.length
  planned += 1
  const { id } = await as(work =>
    planning.planTeamSession(work, {
      kind,
      siteId: isLate ? hall.id : school.id,
      teamId: isLate ? second.id : team.id,
      day: today,
      startsAt: hour(from),
      endsAt: hour(to),
      kits: [isLate ? spare.id : kit.id],
    }),
  )
  if (persons.length > 0) await as(work => planning.addToRoster(work, id, { persons }, { confirm: ['capacity'] }))
  return id
}

/** Frees the hours of what earlier tests planned: nothing is held today any more but what is open or closed. */
async function clearDay() {
  await house.owner(
    'truncate planning.session, planning.roster, planning.activity, planning.closing, planning.overtime cascade',
  )
  planned = 0
}

async function anOpenSession(
  kind: planning.SessionKind = 'card-and-account',
  persons: readonly register.PersonId[] = [],
) {
  const id = await aSession(kind, persons)
  await as(work => planning.openTeamSession(work, id))
  return id
}

const cardOf = async (id: register.PersonId) =>
  ((await house.work(work => cards.cardsOf(work, [id]))).get(id) ?? []).map(({ state }) => state)
const accountOf = async (id: register.PersonId) =>
  ((await house.work(work => accounts.accountsOf(work, [id]))).get(id) ?? []).map(
    ({ level, state }) => `${level} ${state}`,
  )

test('a served person gets the card and the account that they lack, and the outcome says which', async () => {
  const [lacksBoth, hasCard, hasBoth] = [await aPupil(), await aPupil(), await aPupil()]
  for (const pupil of [hasCard, hasBoth]) await as(work => cards.applyForCard(work, pupil, { unitId: ward.unitId }))
  await as(work => accounts.request(work, hasBoth, { level: 2 }))
  const id = await anOpenSession('card-and-account', [lacksBoth, hasCard, hasBoth])

  const done = async (pupil: register.PersonId) => {
    const phone = pupil === lacksBoth ? '0912345678' : '0912345679'
    return (await as(work => planning.servePersonAt(work, id, pupil, { phone }))).done
  }
  assert.deepEqual(
    [await done(lacksBoth), await done(hasCard), await done(hasBoth)],
    [['card', 'account'], ['account'], []],
  )
  assert.deepEqual([await cardOf(lacksBoth), await accountOf(lacksBoth)], [['applied'], ['2 requested']])
  const [card] = (await house.work(work => cards.cardsOf(work, [lacksBoth]))).get(lacksBoth) ?? []
  const deed = await house.work(work => audit.lastDeedOn(work, card!.id))
  assert.deepEqual([deed?.deed, deed?.facts], ['card.applied', { session: id }])
  await refusal(
    as(work => planning.servePersonAt(work, id, lacksBoth)),
    'roster-outcome-given',
  )
})

test('serving requests level 2 for a level 1 account, and lets a holder activate an approved account', async () => {
  const pupil = await aPupil()
  await as(work => cards.applyForCard(work, pupil, { unitId: ward.unitId }))
  const { id: account } = await as(work => accounts.request(work, pupil, { level: 1 }))
  await house.work(work => accounts.approve(work, account))
  const raising = await anOpenSession('raise-level', [pupil])
  assert.deepEqual((await as(work => planning.servePersonAt(work, raising, pupil))).done, ['raised'])
  assert.deepEqual(await accountOf(pupil), ['1 approved'])
  await house.work(work => accounts.approve(work, account))
  assert.deepEqual(await accountOf(pupil), ['2 approved'])

  const [none, waiting] = [await aPupil(), await aPupil()]
  await as(work => accounts.request(work, waiting, { level: 1 }))
  const desk = await anOpenSession('activation', [pupil, none, waiting])
  assert.deepEqual((await as(work => planning.servePersonAt(work, desk, pupil))).done, ['activated'])
  assert.deepEqual(await accountOf(pupil), ['2 activated'])
  const deed = await house.work(work => audit.lastDeedOn(work, account))
  assert.deepEqual(deed?.facts, { level: 2, from: 'approved', device: 'own', session: desk })
  for (const one of [none, waiting])
    await refusal(
      as(work => planning.servePersonAt(work, desk, one)),
      'roster-nothing-to-activate',
    )
})

test('a session is opened on its day, with a machine where it needs one, and only an open one serves', async () => {
  await clearDay()
  const pupil = await aPupil()
  const id = await aSession('card-and-account', [pupil])
  await refusal(
    as(work => planning.servePersonAt(work, id, pupil)),
    'session-state-refused',
  )
  const tomorrow = await as(work => planning.moveTeamSession(work, id, { day: addDays(today, 1) }))
  assert.equal(
    (
      await refusal(
        as(work => planning.openTeamSession(work, id)),
        'session-not-today',
      )
    )['day'],
    tomorrow.day,
  )
  await as(work => planning.moveTeamSession(work, id, { day: today, kits: [], confirm: ['no-kit'] }))
  await refusal(
    as(work => planning.openTeamSession(work, id)),
    'session-kit-needed',
  )
  const [shown] = (await as(work => planning.readCalendar(work, { unitId: ward.unitId, from: today, to: today })))
    .sessions
  assert.deepEqual(shown?.troubles, ['no-kit'])
  await as(work => planning.moveTeamSession(work, id, { kits: [kit.id], confirm: ['capacity'] }))
  await as(work => planning.openTeamSession(work, id))
  await refusal(
    as(work => planning.moveTeamSession(work, id, { endsAt: hour('17:00') })),
    'session-state-refused',
  )
  await refusal(
    as(work => planning.cancelTeamSession(work, id, { reason: 'x' })),
    'session-state-refused',
  )
})

test('people who checked in wait, the longest first, for an outcome; an absent one may still come', async () => {
  await clearDay()
  const pupils = [
    await aPupil({ name: 'Mai Hải Yến' }),
    await aPupil({ name: 'Phan Nhật Minh' }),
    await aPupil(),
  ] as const
  const id = await anOpenSession('card-and-account', pupils)
  for (const pupil of pupils.slice(0, 2)) await as(work => planning.checkIn(work, id, pupil))
  await house.owner(`update planning.roster set came_at = came_at - interval '26 minutes' where person_id = $1`, [
    pupils[1],
  ])
  const seen = await as(work => planning.getSession(work, id))
  assert.deepEqual(
    seen.waiting.map(({ name, minutes }) => [name, minutes]),
    [
      ['Phan Nhật Minh', 26],
      ['Mai Hải Yến', 0],
    ],
  )
  assert.deepEqual(seen.counts, { invited: 3, served: 0, absent: 0, waiting: 2, notCome: 1, walkIns: 0 })
  await as(work => planning.markAbsent(work, id, [pupils[2]], 'ill'))
  await as(work => planning.checkIn(work, id, pupils[2]))
  assert.deepEqual((await as(work => planning.getSession(work, id))).counts.waiting, 3)
  await as(work => planning.servePersonAt(work, id, pupils[2]))
  await refusal(
    as(work => planning.markAbsent(work, id, [pupils[2]], 'ill')),
    'roster-outcome-given',
  )
  await refusal(
    as(work => planning.checkIn(work, id, pupils[2])),
    'roster-outcome-given',
  )
  const stranger = await aPupil()
  await refusal(
    as(work => planning.checkIn(work, id, stranger)),
    'roster-line-unknown',
  )
})

test('a walk-in is served by number wherever they are registered, and is counted apart', async () => {
  await clearDay()
  const listed = aPerson()
  const stranger = aPerson({ commune: '06781', name: 'Lưu Khánh Vy' })
  const listedId = await enter(house, listed)
  await enter(house, stranger)
  const id = await anOpenSession('card-and-account', [listedId])
  await refusal(
    as(work => planning.addWalkIn(work, id, { number: '022205999999' })),
    'walk-in-unknown',
  )
  await refusal(
    as(work => planning.addWalkIn(work, id, { number: '12' })),
    'number-not-twelve-digits',
  )

  const strangerId = await idOf(house, stranger.person_number)
  await refusal(
    as(work => register.getSummary(work, strangerId)),
    'person-unknown',
  )
  const come = await as(work => planning.addWalkIn(work, id, { number: stranger.person_number }))
  assert.deepEqual([come.walkIn, come.done], [true, ['card', 'account']])
  assert.equal(
    (await as(work => register.getSummary(work, strangerId))).fullName,
    'Lưu Khánh Vy',
    'the session’s unit sees them now',
  )
  await refusal(
    as(work => planning.addWalkIn(work, id, { number: stranger.person_number })),
    'roster-outcome-given',
  )

  const onList = await as(work => planning.addWalkIn(work, id, { number: listed.person_number }))
  assert.equal(onList.walkIn, false, 'who is on the roster after all is served there')
  assert.deepEqual((await as(work => planning.getSession(work, id))).counts, {
    invited: 1,
    served: 1,
    absent: 0,
    waiting: 0,
    notCome: 0,
    walkIns: 1,
  })
})

test('the session’s unit sees a person on its roster until thirty days after it or until removal', async () => {
  await clearDay()
  const pupil = await aPupil({ commune: commune.quangHanh })
  const district = await anOfficerOf(house, '22')
  const id = await aSession()
  await refusal(
    as(work => planning.addToRoster(work, id, { persons: [pupil] })),
    'person-unknown',
  )
  const add = () => house.as(district, work => planning.addToRoster(work, id, { persons: [pupil] }))
  assert.equal((await add()).added, 1)
  assert.deepEqual(await add(), { added: 0, already: 1, elsewhere: 0, invited: 1, capacity: 22 })
  await as(work => register.getSummary(work, pupil))
  const openUntil = async () =>
    (
      await house.owner<{ left: number }>(
        `select until - (now() at time zone 'Asia/Ho_Chi_Minh')::date as left from register.access_case
          where person_id = $1`,
        [pupil],
      )
    ).map(({ left }) => left)
  assert.deepEqual(await openUntil(), [30])
  await as(work => planning.moveTeamSession(work, id, { day: addDays(today, 4) }))
  assert.deepEqual(await openUntil(), [34])

  assert.equal(await as(work => planning.removeFromRoster(work, id, [pupil])), 1)
  await refusal(
    as(work => register.getSummary(work, pupil)),
    'person-unknown',
  )
  await refusal(
    as(work => planning.removeFromRoster(work, id, [pupil])),
    'roster-line-unknown',
  )
  await add()
  await as(work => planning.cancelTeamSession(work, id, { reason: 'mưa' }))
  await refusal(
    as(work => register.getSummary(work, pupil)),
    'person-unknown',
  )
})

test('a roster takes people of a class or unit who lack the service and wait in no other session', async () => {
  await clearDay()
  const rows = ['An', 'Bình', 'Cường', 'Dũng', 'Giang'].map(given => aPerson({ name: `Nguyễn Văn ${given}` }))
  const ids: register.PersonId[] = []
  for (const row of rows) ids.push(await enter(house, row))
  const [lacking, another, has, elsewhere] = ids as [
    register.PersonId,
    register.PersonId,
    register.PersonId,
    register.PersonId,
  ]
  await as(work => cards.applyForCard(work, has, { unitId: ward.unitId }))
  await as(work => accounts.request(work, has, { level: 2 }))
  const classes = ['12A1', '12A2', '12A1', '12A1', '12A9']
  await aRollOf(
    world.schoolId,
    rows.map((row, at) => [row, classes[at]!]),
  )
  await aSession('card-and-account', [elsewhere])
  const id = await aSession()
  const added = await as(work =>
    planning.addToRoster(work, id, { schoolId: world.schoolId, classes: ['12A1', '12A2'] }),
  )
  assert.deepEqual([added.added, added.elsewhere], [2, 1])
  const lines = await as(work => planning.readRoster(work, id))
  assert.deepEqual(
    lines.map(line => [line.personId, line.class]),
    [
      [lacking, '12A1'],
      [another, '12A2'],
    ],
  )
  const more = await as(work => planning.addToRoster(work, id, { unitId: ward.unitId }, { confirm: ['capacity'] }))
  assert.ok(more.added > 1 && more.already === 2)
  assert.ok((await as(work => planning.readRoster(work, id))).every(({ personId }) => personId !== has))
})

/** A roll of the school in force, with these pupils in their classes. */
async function aRollOf(
  schoolId: units.SchoolId,
  pupils: readonly (readonly [row: Record<string, string>, inClass: string])[],
) {
  const lines = pupils.map(([row, inClass], at) => [
    at + 1,
    inClass,
    row['full_name']!,
    row['birth_date']!.split('-').reverse().join('/'),
    'Nam',
    row['person_number']!,
  ])
  const content = await handWritten({
    name: '12',
    rows: [['STT', 'Lớp', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số CCCD'], ...lines],
  })
  const { id } = await house.work(work =>
    rolls.importRoll(work, { name: 'roll.xlsx', content }, { schoolId, schoolYear: '2022-2023' }),
  )
  await house.work(work => rolls.reconcile(work, id))
}

test('a session closes once every line has an outcome, and its counts are kept as a document', async () => {
  await clearDay()
  const pupils = [await aPupil(), await aPupil(), await aPupil()] as const
  const walking = aPerson()
  await enter(house, walking)
  const id = await anOpenSession('card-and-account', pupils)
  await as(work => planning.servePersonAt(work, id, pupils[0]))
  await as(work => planning.servePersonAt(work, id, pupils[1]))
  assert.deepEqual(
    await refusal(
      as(work => planning.closeTeamSession(work, id)),
      'session-lines-open',
    ),
    { left: 1 },
  )
  await as(work => planning.markAbsent(work, id, [pupils[2]], 'no-paper'))
  await as(work => planning.addWalkIn(work, id, { number: walking.person_number }))
  const wrong = await refusal(
    as(work => planning.closeTeamSession(work, id, { served: 3, absent: 1, walkIns: 1 })),
    'session-counts-differ',
  )
  assert.equal((wrong['counts'] as planning.SessionClosing).served, 2)

  const { closing } = await as(work => planning.closeTeamSession(work, id, { served: 2, absent: 1, walkIns: 1 }))
  const [absentBy, done] = [
    { ill: 0, moved: 0, 'no-paper': 1, refused: 0, other: 0 },
    { card: 3, account: 3, raised: 0, activated: 0 },
  ]
  assert.deepEqual(closing, { invited: 3, served: 2, absent: 1, absentBy, walkIns: 1, done })
  const [stored] = await house.owner<{ counts: unknown }>('select counts from planning.closing where session_id = $1', [
    id,
  ])
  assert.deepEqual(stored?.counts, closing)
  assert.deepEqual((await as(work => planning.getSession(work, id))).closing, closing)
  await refusal(
    as(work => planning.markAbsent(work, id, [pupils[2]], 'ill')),
    'session-state-refused',
  )
  await refusal(
    as(work => planning.closeTeamSession(work, id)),
    'session-state-refused',
  )

  const [published] = await house.owner<Record<string, unknown>>(
    'select planned, served, absent, walk_in, state from planning.published_session where id = $1',
    [id],
  )
  assert.deepEqual(published, { planned: 3, served: 2, absent: 1, walk_in: 1, state: 'closed' })
  const lines = await house.owner<{ outcome: string }>(
    'select outcome from planning.published_roster where session_id = $1',
    [id],
  )
  assert.deepEqual(lines.map(({ outcome }) => outcome).sort(), ['absent', 'served', 'served', 'served'])
})

test('the counts of a closing equal its lists for any outcomes', () => {
  const line = fc.record({
    walkIn: fc.boolean(),
    outcome: fc.constantFrom('served' as const, 'absent' as const),
    reason: fc.constantFrom(...absences),
    done: fc.subarray(['card', 'account', 'raised', 'activated'] as const),
  })
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), given => {
      const lines = given.map((one, at) => {
        const isAbsent = one.outcome === 'absent' && !one.walkIn
        const outcome = isAbsent ? ('absent' as const) : ('served' as const)
        return {
          id: `${at}`,
          sessionId: 's' as planning.TeamSessionId,
          personId: `${at}` as register.PersonId,
          walkIn: one.walkIn,
          outcome,
          absentReason: isAbsent ? one.reason : null,
          done: isAbsent ? [] : one.done,
        }
      })
      const closing = closingOf(lines)
      assert.equal(closing.invited, closing.served + closing.absent)
      assert.equal(closing.invited + closing.walkIns, lines.length)
      assert.equal(
        Object.values(closing.absentBy).reduce((sum, n) => sum + n, 0),
        closing.absent,
      )
    }),
  )
})

/** A house whose clock says another instant: works on the same database. */
const at = (instant: string) => (standing: Parameters<typeof house.as>[0], verb: (work: Work) => Promise<unknown>) =>
  makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => today })(standing, work =>
    verb({ ...work, now: new Date(instant) }),
  )

test('overtime runs from an officer’s own first deed to the last, or the session’s for one without deeds', async () => {
  await clearDay()
  const pupils = [await aPupil(), await aPupil()] as const
  const id = await aSession('card-and-account', pupils)
  const secondOfTeam = { ...ward, by: { kind: 'officer' as const, id: officers[3]! } }
  await at('2023-04-20T08:00:00+07:00')(ward, work => planning.openTeamSession(work, id))
  await at('2023-04-20T11:20:00+07:00')(ward, work => planning.servePersonAt(work, id, pupils[0]))
  await at('2023-04-20T15:00:00+07:00')(secondOfTeam, work => planning.checkIn(work, id, pupils[1]))
  await at('2023-04-20T18:10:00+07:00')(secondOfTeam, work => planning.markAbsent(work, id, [pupils[1]], 'moved'))
  // A session that was forgotten, and is closed two mornings later, lengthens nobody's evening.
  const tidying = { ...ward, by: { kind: 'officer' as const, id: officers[2]! } }
  await at('2023-04-22T08:00:00+07:00')(tidying, work => planning.closeTeamSession(work, id))

  const rows = await house.owner<{ officer_id: Id<'officer'>; basis: string; weekday: number; worked_to: number }>(
    'select officer_id, basis, weekday, worked_to from planning.overtime where session_id = $1',
    [id],
  )
  const of = (officer: string) =>
    rows.filter(row => row.officer_id === officer).map(({ basis, weekday, worked_to }) => [basis, weekday, worked_to])
  assert.deepEqual(of(officers[0]!), [['own', 0, 680]])
  assert.deepEqual(of(officers[3]!), [['own', 70, 1090]], 'who was not named but worked there too')
  assert.deepEqual(of(officers[2]!), [], 'who only closed it the day after')
  assert.deepEqual(of(officers[1]!), [['session', 70, 1090]], 'who sat there and touched nothing')

  const { overtime } = await as(work => planning.readCalendar(work, { unitId: ward.unitId, from: today, to: today }))
  const sum = overtime.find(({ officerId }) => officerId === officers[3])
  assert.deepEqual(
    [sum?.name, sum?.month, sum?.year, sum?.weighted, sum?.unsigned, sum?.over],
    ['Cán Bộ 4', 70, 70, 105, 70, []],
  )
})

test('a commander signs an officer’s overtime of a month, nobody their own, and nothing twice', async () => {
  const officerId = officers[3]!
  const own = { ...ward, by: { kind: 'officer' as const, id: officerId } }
  await refusal(
    house.as(own, work => planning.signOvertime(work, { officerId, month: '2023-04' })),
    'overtime-own',
  )
  await refusal(
    house.as(other, work => planning.signOvertime(work, { officerId, month: '2023-04' })),
    'overtime-nothing',
  )
  assert.equal(await as(work => planning.signOvertime(work, { officerId, month: '2023-04' })), 70)
  await refusal(
    as(work => planning.signOvertime(work, { officerId, month: '2023-04' })),
    'overtime-nothing',
  )
  const [row] = await house.owner<{ signed_by: string }>(
    'select signed_by from planning.overtime where officer_id = $1',
    [officerId],
  )
  assert.equal(row?.signed_by, officers[0])
  assert.equal((await house.work(work => audit.lastDeedOn(work, officerId)))?.deed, 'overtime.signed')
})

test('above sixty hours in a month the calendar warns, and nobody is stopped', async () => {
  await house.owner('update planning.overtime set weekday = 3700 where officer_id = $1', [officers[1]])
  const { overtime } = await as(work => planning.readCalendar(work, { unitId: ward.unitId, from: today, to: today }))
  assert.deepEqual(overtime.find(({ officerId }) => officerId === officers[1])?.over, ['month'])
  await clearDay()
  assert.ok(await aSession())
})

test('another district can neither act at this district’s session nor read its roster', async () => {
  await clearDay()
  const pupil = await aPupil()
  const id = await anOpenSession('card-and-account', [pupil])
  const verbs: readonly ((work: Work, id: planning.TeamSessionId) => Promise<unknown>)[] = [
    planning.openTeamSession,
    planning.closeTeamSession,
    planning.readRoster,
    planning.getSession,
  ]
  for (const verb of verbs)
    await refusal(
      house.as(other, work => verb(work, id)),
      'session-gone',
    )
  await refusal(
    house.as(other, work => planning.servePersonAt(work, id, pupil)),
    'session-gone',
  )
  await refusal(
    house.as(other, work => planning.markAbsent(work, id, [pupil], 'ill')),
    'session-gone',
  )
  await refusal(
    house.as(other, work => planning.addToRoster(work, id, { persons: [pupil] })),
    'session-gone',
  )
  const rows = await house.as(other, async ({ tx }) => tx.selectFrom('planning.published_roster').selectAll().execute())
  assert.deepEqual(rows, [])
  assert.deepEqual(
    await house.as(asSystem('test', 'none'), async ({ tx }) =>
      tx.selectFrom('planning.published_session').selectAll().execute(),
    ),
    [],
  )
})

test('what a key entered is taken back, with the application and the account that it began', async () => {
  await clearDay()
  const [pupil] = [await aPupil()]
  const id = await anOpenSession('card-and-account', [pupil])
  await refusal(
    as(work => planning.takeBackLine(work, id, pupil)),
    'roster-nothing-to-take-back',
  )
  await as(work => planning.servePersonAt(work, id, pupil))
  assert.deepEqual([await cardOf(pupil), await accountOf(pupil)], [['applied'], ['2 requested']])
  const back = await as(work => planning.takeBackLine(work, id, pupil))
  assert.deepEqual([back.outcome, back.cameAt, back.done], [null, null, []])
  assert.deepEqual([await cardOf(pupil), await accountOf(pupil)], [['cancelled'], ['2 cancelled']])

  await as(work => planning.checkIn(work, id, pupil))
  await as(work => planning.markAbsent(work, id, [pupil], 'ill'))
  assert.ok((await as(work => planning.takeBackLine(work, id, pupil))).cameAt)
  assert.equal((await as(work => planning.takeBackLine(work, id, pupil))).cameAt, null)
})

test('a key on a line that changed after the page showed it is refused', async () => {
  await clearDay()
  const pupil = await aPupil()
  const id = await anOpenSession('card-and-account', [pupil])
  const came = await as(work => planning.checkIn(work, id, pupil))
  await as(work => planning.markAbsent(work, id, [pupil], 'moved'))
  const facts = await refusal(
    as(work => planning.markAbsent({ ...work, seen: planning.versionOfLine(came) }, id, [pupil], 'ill')),
    'changed-meanwhile',
  )
  assert.equal(facts['deed'], 'roster.absent')
})
