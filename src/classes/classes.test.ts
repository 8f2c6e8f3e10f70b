import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { type ALine, schoolsOf } from '../../test/rolls/sending.ts'
import { signedInOfficer } from '../../test/signed-in-officer.ts'
import * as campaign from '../campaign/campaign.ts'
import { kindsOfFollowUps } from '../follow-up-kinds.ts'
import * as followUps from '../follow-ups/follow-ups.ts'
import { asHour } from '../planning/hour.ts'
import * as planning from '../planning/planning.ts'
import { newId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Authority } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as rolls from '../rolls/rolls.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { endHomeroom, listClasses, nameHomeroom } from './homerooms.ts'
import { readSheets, recordResult } from './sheet.ts'

/** A school of Hà Khánh with two classes, another of Hà Phong; officers sign in as they do in a house. */
const house = await openHouse({ withUnits: true })
const { school, send, entries } = await schoolsOf(house, [
  ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
  ['22002', 'Trường THPT Hà Phong', 'upper-secondary', commune.haPhong],
])
const [haKhanh, haPhong] = [await school('22001'), await school('22002')]

const pupil = (name: string, bornOn: string) => aPerson({ name, bornOn, mother_name: `Mẹ ${name}` })
const [an, binh, chi, dung] = [
  pupil('Đoàn Thị Thu An', '2005-03-04'),
  pupil('Lục Văn Bình', '2005-05-06'),
  pupil('Phùng Thị Lan Chi', '2005-07-08'),
  pupil('Sầm Quang Dũng', '2005-09-10'),
]
await enterAll(house, [an, binh, chi, dung])
const day = (text = '') => text.split('-').reverse().join('/')
const line = (person: Record<string, string>, inClass: string): ALine => ({
  name: person['full_name'] ?? '',
  born: day(person['birth_date']),
  number: person['person_number'] ?? '',
  class: inClass,
  sex: person === chi ? 'Nữ' : 'Nam',
})

const signedIn = (role: staff.Role, code: string, schoolId: units.SchoolId) =>
  signedInOfficer(house, role, code, { schoolId, purpose: 'campaign' })
const refused = (step: Promise<unknown>) =>
  step.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

const [head, otherHead] = [
  await signedIn('school-officer', commune.haKhanh, haKhanh),
  await signedIn('school-officer', commune.haPhong, haPhong),
]
const [teacher, colleague] = [
  await signedIn('homeroom-teacher', commune.haKhanh, haKhanh),
  await signedIn('homeroom-teacher', commune.haKhanh, haKhanh),
]
const police: Authority = await anOfficerOf(house, '193')
const roll = await send(police, haKhanh, [line(an, '12A1'), line(binh, '12A1'), line(chi, '12A2')])
const otherRoll = await send(police, haPhong, [line(dung, '12A1')])
const of = (inClass: string) => ({ schoolId: haKhanh, schoolYear: '2022-2023', class: inClass })
const name = (inClass: string, { appointmentId }: { appointmentId: string }) =>
  head.as('classes.manage', work => nameHomeroom(work, { ...of(inClass), appointmentId }))
const sheetsOf = async (one: typeof teacher) => (await one.as('classes.teach', readSheets)).sheets

test('a post at a school names a school of its unit, and no other role has one', async () => {
  const officerId = teacher.officerId
  const appointed = (role: staff.Role, code: string, schoolId?: units.SchoolId) =>
    refused(
      house.work(async work => {
        const unitId = (await units.findUnitOn(work, code, work.today))?.id ?? assert.fail()
        await staff.appoint(work, { officerId, role, unitId, ...(schoolId && { schoolId }) })
      }),
    )
  assert.equal(await appointed('school-officer', commune.haKhanh), 'post-school-needed')
  assert.equal(await appointed('school-officer', commune.haPhong, haKhanh), 'post-school-elsewhere')
  assert.equal(await appointed('ward-officer', commune.haKhanh, haKhanh), 'post-school-elsewhere')
})

test('a school’s officer sees the rolls of that school alone, and sends none of another', async () => {
  const seen = await head.as('rolls.read', work => rolls.listRolls(work, {}))
  assert.deepEqual(
    seen.map(({ id }) => id),
    [roll],
  )
  assert.equal(await refused(head.as('rolls.read', work => rolls.getRoll(work, otherRoll))), 'roll-unknown')
  assert.equal(
    await refused(head.as('rolls.import', work => rolls.refuseSender(work, haPhong))),
    'school-outside-scope',
  )
  assert.equal(await refused(head.as('rolls.import', work => rolls.refuseSender(work, haKhanh))), 'done')
  assert.equal(head.may('register.search') || head.may('campaign.lists') || head.may('rolls.review'), false)
})

test('a teacher whom the school has given no class sees nobody', async () => {
  assert.deepEqual(await sheetsOf(teacher), [])
  const [{ rows } = { rows: -1 }] = await teacher.as('classes.teach', async ({ tx }) =>
    tx.selectFrom('rolls.row').select(tx.fn.countAll<number>().as('rows')).execute(),
  )
  assert.equal(Number(rows), 0)
})

test('a homeroom teacher sees who of the own class lacks what, by name, and nothing of the register', async () => {
  await name('12A1', teacher)
  const sheets = await sheetsOf(teacher)
  assert.deepEqual(
    sheets.map(sheet => [sheet.school, sheet.class, sheet.pupils.map(one => one.name)]),
    [['Trường THPT Hà Khánh', '12A1', ['Đoàn Thị Thu An', 'Lục Văn Bình']]],
  )
  assert.deepEqual(sheets[0]?.pupils[0]?.lacking, ['card', 'account'])
  const told = JSON.stringify(sheets)
  for (const person of [an, binh])
    for (const value of [person['person_number'], person['birth_date'], person['mother_name']])
      assert.ok(!told.includes(value ?? ''), value)
  assert.ok(!told.includes(await idOf(house, an['person_number'] ?? '')))
})

test('the teacher reads when a team comes to the school, and nothing once the session is cancelled', async () => {
  const hours = { opensAt: asHour('07:00'), closesAt: asHour('17:00') }
  const site = await house.as(police, work =>
    planning.createSite(work, { kind: 'school', schoolId: haKhanh, ...hours }),
  )
  const officerId = newId<'officer'>()
  await house.owner(
    'insert into staff.officer (id, login, full_name, unit_id, added_at) values ($1, $2, $3, $4, now())',
    [officerId, 'canbo.luudong', 'Cán Bộ Lưu Động', (await house.work(work => units.getSchool(work, haKhanh))).unitId],
  )
  const visitOn = units.workingDaysAfter((await teacher.as('classes.teach', readSheets)).day, 10)
  const session = await house.as(police, work =>
    planning.planTeamSession(work, {
      kind: 'activation',
      siteId: site.id,
      day: visitOn,
      startsAt: asHour('08:00'),
      endsAt: asHour('10:00'),
      officers: [{ officerId, role: 'lone' }],
    }),
  )
  assert.equal((await sheetsOf(teacher))[0]?.visitOn, visitOn)
  await house.as(police, work => planning.cancelTeamSession(work, session.id, { reason: 'Trường thi thử' }))
  assert.equal((await sheetsOf(teacher))[0]?.visitOn, undefined)
})

test('the database shows a teacher no row of another class or school, and no person whole', async () => {
  await name('12A2', colleague)
  const rowsSeen = (one: typeof teacher) =>
    one.as('classes.teach', async ({ tx }) =>
      (await tx.selectFrom('rolls.row').select('name').orderBy('name').execute()).map(row => row.name),
    )
  assert.deepEqual(await rowsSeen(teacher), ['Lục Văn Bình', 'Đoàn Thị Thu An'])
  assert.deepEqual(await rowsSeen(colleague), ['Phùng Thị Lan Chi'])
  for (const person of [an, chi, dung]) {
    const id = await idOf(house, person['person_number'] ?? '')
    assert.equal(await refused(teacher.as('classes.teach', work => register.getSummary(work, id))), 'person-unknown')
  }
  const ids = await Promise.all([an, chi, dung].map(person => idOf(house, person['person_number'] ?? '')))
  const needs = await teacher.as('classes.teach', work => campaign.needsOf(work, ids, work.today))
  assert.deepEqual([...needs.keys()], [ids[0]])
})

test('a teacher records that the parents were told, a wrong phone, a move; the school counts them', async () => {
  const [sheet] = await sheetsOf(teacher)
  const [first, second] = sheet?.pupils ?? []
  const say = (row: string | undefined, result: Parameters<typeof recordResult>[3], who = teacher) =>
    refused(who.as('classes.teach', work => recordResult(work, sheet!.id, row ?? assert.fail(), result)))
  assert.equal(await say(first?.row, { outcome: 'told-parents' }), 'done')
  assert.equal(
    await say(second?.row, { outcome: 'wrong-phone', note: 'Số 0912 345 678 không phải' }),
    'class-note-refused',
  )
  assert.equal(await say(second?.row, { outcome: 'wrong-phone', note: 'Máy của người khác' }), 'done')
  assert.equal(await say(second?.row, { outcome: 'will-come' }), 'class-day-refused')

  const counted = async () => {
    const { schools } = await head.as('classes.manage', listClasses)
    return schools[0]?.classes.map(one => [one.class, one.pupils, one.said, one.outcomes['wrong-phone']])
  }
  assert.deepEqual(await counted(), [
    ['12A1', 2, 2, 1],
    ['12A2', 1, 0, 0],
  ])
  assert.equal(await say(second?.row, {}), 'done')
  assert.deepEqual((await counted())?.[0], ['12A1', 2, 1, 0])
  const [deed] = await house.owner<{ deed: string }>(
    `select deed from audit.deed where deed like 'pupil-result.%' order by at desc limit 1`,
  )
  assert.equal(deed?.deed, 'pupil-result.taken-back')
})

test('the teacher of another class, and of another school, records nothing of a pupil', async () => {
  const [own] = await sheetsOf(teacher)
  const [other] = await sheetsOf(colleague)
  const row = own?.pupils[0]?.row ?? assert.fail()
  for (const id of [own!.id, other!.id])
    assert.equal(
      await refused(colleague.as('classes.teach', work => recordResult(work, id, row, { outcome: 'moved' }))),
      'class-pupil-unknown',
    )
  // The same past the verb: the database refuses it.
  await assert.rejects(
    colleague.as('classes.teach', ({ tx, now, today }) =>
      tx
        .insertInto('classes.result')
        .values({
          ...{ row_id: row, id: row, school_id: haKhanh, school_year: '2022-2023', class: '12A1', outcome: 'moved' },
          ...{ on_day: today, by_id: 'x', at: now },
        })
        .execute(),
    ),
    /row-level security/,
  )
  assert.deepEqual(
    await otherHead.as('classes.manage', async work => (await listClasses(work)).schools[0]?.classes.length),
    1,
  )
})

test('another school names no teacher of this one, and a teacher of this one none of its own', async () => {
  const steal = (who: typeof otherHead, schoolId: units.SchoolId, appointmentId: string) =>
    refused(who.as('classes.manage', work => nameHomeroom(work, { ...of('12A1'), schoolId, appointmentId })))
  assert.equal(await steal(otherHead, haKhanh, colleague.appointmentId), 'class-school-outside')
  assert.equal(await steal(otherHead, haPhong, colleague.appointmentId), 'class-teacher-unknown')
  assert.equal(await steal(head, haKhanh, head.appointmentId), 'class-teacher-unknown')
  assert.equal(teacher.may('classes.manage'), false)
  await assert.rejects(
    head.as('classes.manage', ({ tx, today }) =>
      tx
        .insertInto('classes.homeroom')
        .values({
          ...{ id: roll, ...{ school_id: haKhanh, school_year: '2022-2023', class: '12A9' } },
          ...{ appointment_id: head.appointmentId, officer_id: head.officerId, named_on: today, named_by: 'x' },
        })
        .execute(),
    ),
    /row-level security/,
  )
})

test('what a school is asked of its pupils is its own officer’s to answer, and the teacher sees it', async () => {
  const open = (who: typeof head) =>
    who.as('rolls.read', work => followUps.listOpen((_kind, verb) => verb(work), kindsOfFollowUps, {}))
  const [asked] = (await open(head)).followUps
  assert.deepEqual([asked?.reason, asked?.owner, asked?.name], ['sex-differs', 'school', 'Phùng Thị Lan Chi'])
  assert.equal((await open(otherHead)).total, 0)
  const [sheet] = await sheetsOf(colleague)
  assert.deepEqual(sheet?.pupils[0]?.asked, [{ what: asked?.what, owner: 'school', dueOn: asked?.dueOn }])

  const answer = (who: typeof head) =>
    refused(
      who.as('rolls.import', work =>
        followUps.confirmByPapers(work, kindsOfFollowUps, asked!.id, { papers: 'Giấy khai sinh' }),
      ),
    )
  assert.equal(await answer(otherHead), 'follow-up-unknown')
  assert.equal(await answer(head), 'done')
  const [kept] = await house.owner<{ answer: string }>('select answer from follow_ups.follow_up')
  assert.equal(kept?.answer, 'papers')
})

test('a class that is another’s now is seen by that teacher alone, and an ended naming by nobody', async () => {
  const id = await name('12A1', colleague)
  assert.deepEqual(await sheetsOf(teacher), [])
  assert.deepEqual(
    (await sheetsOf(colleague)).map(sheet => sheet.class),
    ['12A1', '12A2'],
  )
  assert.equal(await refused(otherHead.as('classes.manage', work => endHomeroom(work, id))), 'homeroom-unknown')
  await head.as('classes.manage', work => endHomeroom(work, id))
  assert.deepEqual(
    (await sheetsOf(colleague)).map(sheet => sheet.class),
    ['12A2'],
  )
  assert.equal((await entries(roll)).length, 3)
})
