import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { signedInOfficer } from '../../../test/signed-in-officer.ts'
import * as audit from '../../audit/audit.ts'
import { addDays, asDay, type Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { type Authority, asSystem, makeOpenWork } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { DirectiveInput } from './contract.ts'
import { type DirectiveId, type DirectiveStep, directiveSteps, isStepDone } from './directive.ts'
import * as directives from './directives.ts'
import { listNotReported, unitsNotReported } from './not-reported.ts'
import * as reminder from './reminder.ts'
import * as view from './view.ts'

const house = await openHouse({ withUnits: true })

const today = asDay('2023-04-20')
const unitOf = (code: string) => house.work(async work => (await units.findUnitOn(work, code, today))!.id)
const [province, haLong, camPha] = [await unitOf('22'), await unitOf('193'), await unitOf('195')]
const [haKhanh, haPhong] = [await unitOf(commune.haKhanh), await unitOf(commune.haPhong)]

/** Officers who are on record, so that they are told by name. */
async function officerOf(code: string, name: string): Promise<Authority & { unitId: units.UnitId }> {
  const standing = await anOfficerOf(house, code)
  const login = `can-bo-${code}-${name.length}`
  const { officer } = await house.work(work =>
    staff.addOfficer(work, { login, fullName: name, unitId: standing.unitId }),
  )
  return { ...standing, by: { kind: 'officer', id: officer.id } }
}
const commander = await officerOf('22', 'Phạm Quang Minh Chiến')
const district = await officerOf('193', 'Vũ Thị Hạnh Nguyên')
const anotherDistrict = await officerOf('195', 'Lê Đình Cao Sơn')
const ward = await officerOf(commune.haKhanh, 'Bùi Gia Thục An')
const wardToo = await officerOf(commune.haKhanh, 'Hoàng Nghĩa Tường Lâm')
const nextWard = await officerOf(commune.haPhong, 'Trần Thị Diễm Quỳnh')
const wardElsewhere = await officerOf(commune.quangHanh, 'Lý Hải Đăng')

const given = (more: Partial<DirectiveInput> = {}): DirectiveInput => ({
  title: 'Rà soát học sinh chưa có số định danh',
  body: 'Các phường rà soát danh sách khối 9 và khối 12, báo số em chưa có số định danh cá nhân.',
  dueOn: '2023-04-25',
  issuedBy: 'Đại tá Phạm Quang Minh Chiến, Phó Giám đốc',
  units: [haKhanh, haPhong],
  ...more,
})
const asking = { question: { label: 'Số em chưa có số định danh' } }

const issue = (more: Partial<DirectiveInput> = {}, by: Authority = commander) =>
  house.as(by, work => directives.issueDirective(work, given(more)))
const open = (id: DirectiveId, by: Authority, version?: number) =>
  house.as(by, work => view.openDirective(work, id, version))
const acknowledge = (id: DirectiveId, by: Authority, version = 1) =>
  house.as(by, work => directives.acknowledgeDirective(work, id, { version }))
const answer = (id: DirectiveId, by: Authority, said: Partial<directives.DirectiveAnswer>) =>
  house.as(by, work => directives.answerDirective(work, id, { version: 1, ...said }))
const listed = (by: Authority, box: 'to-me' | 'issued' | 'below') =>
  house.as(by, async work => (await view.listDirectives(work, { box })).map(({ id }) => id))
const refused = (code: string) => (error: unknown) => error instanceof Problem && error.code === code
const deedsOf = (id: string) =>
  house.owner<{ deed: string; unit_id: Id<'unit'>; facts: Record<string, unknown> }>(
    'select deed, unit_id, facts from audit.deed where subject_id = $1 order by at, seq',
    [id],
  )
/** The same house some days later. */
const later = (days: number) =>
  makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => addDays(today, days) })

test('a directive is numbered among those of its unit and year, and says which commander issued it', async () => {
  const [first, second] = [await issue(), await issue({ title: 'Trực ngày lễ' })]
  const third = await issue({ units: [haKhanh] }, district)
  const numbers = await Promise.all(
    [first, second, third].map(async id => (await open(id, commander).catch(() => open(id, district))).number),
  )
  assert.deepEqual(numbers, [1, 2, 1], 'the district counts its own')
  const shown = await open(first, commander)
  assert.deepEqual(
    [shown.issuedBy, shown.issuingUnit.id, shown.year, shown.version],
    ['Đại tá Phạm Quang Minh Chiến, Phó Giám đốc', province, 2023, 1],
  )
  const [deed] = await deedsOf(first)
  assert.equal(deed?.deed, 'directive.issued')
  assert.equal(deed?.facts['units'], 2)
})

test('two officers who issue directives at once get two numbers', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => issue()))
  const numbers = await Promise.all(ids.map(async id => (await open(id, commander)).number))
  assert.equal(new Set(numbers).size, 5)
})

test('one word addresses all communes of a district, and each is an addressee', async () => {
  const id = await issue({ units: [], communesOf: haLong })
  const communes = await house.work(async work =>
    (await units.subtreeOn(work, haLong, today)).filter(({ level }) => level === 'commune'),
  )
  const { addressees, counts } = await open(id, commander)
  assert.deepEqual(addressees.map(({ unit }) => unit.id).sort(), communes.map(({ id: one }) => one).sort())
  assert.equal(counts.units, communes.length)
  assert.equal(counts.unread, communes.length)
})

test('a directive to nobody, to a unit outside or due in the past is refused, and nothing is stored', async () => {
  const before = await house.owner('select id from campaign.directive')
  await assert.rejects(issue({ units: [] }), refused('directive-nobody'))
  await assert.rejects(issue({ units: [haKhanh] }, anotherDistrict), refused('directive-unit-outside'))
  await assert.rejects(
    issue({ units: [haLong] }, district),
    refused('directive-unit-outside'),
    'a unit gives itself no orders',
  )
  await assert.rejects(issue({ units: [await unitOf('01')] }), refused('directive-unit-outside'))
  await assert.rejects(issue({ dueOn: '2023-04-19' }), refused('directive-due-past'))
  await assert.rejects(
    issue({ question: { label: 'Bao nhiêu', metric: 'number-known' } }),
    refused('directive-metric-alone'),
  )
  await assert.rejects(issue({ campaign: newId<'campaign'>() }), refused('campaign-unknown'))
  assert.deepEqual(await house.owner('select id from campaign.directive'), before)
})

test('opening a directive counts as reading it, and the commander sees who read it and when', async () => {
  const id = await issue()
  assert.equal((await open(id, ward)).mine?.step, 'read')
  await open(id, ward)
  await open(id, wardToo)
  const shown = await open(id, commander)
  const [here, there] = [haKhanh, haPhong].map(unit => shown.addressees.find(one => one.unit.id === unit))
  assert.deepEqual(
    [here?.step, here?.read?.by, here?.read?.onDay, here?.readers],
    ['read', 'Bùi Gia Thục An', today, 2],
  )
  assert.equal(there?.step, 'unread')
  assert.equal(shown.counts.unread, 1)
  const reads = (await deedsOf(id)).filter(({ deed }) => deed === 'directive.read')
  assert.equal(reads.length, 2, 'the commander, who issued it, and the district are no readers')
})

test('a ward acknowledges for itself alone; its district and its neighbour cannot', async () => {
  const id = await issue({ units: [haKhanh] })
  await assert.rejects(acknowledge(id, district), refused('directive-not-yours'))
  await assert.rejects(acknowledge(id, nextWard), refused('directive-unknown'))
  await acknowledge(id, ward)
  await acknowledge(id, wardToo)
  const [one] = (await open(id, commander)).addressees
  assert.deepEqual([one?.step, one?.due, one?.acknowledged?.by], ['acknowledged', 'done', 'Bùi Gia Thục An'])
  assert.equal((await deedsOf(id)).filter(({ deed }) => deed === 'directive.acknowledged').length, 1, 'once is enough')
})

test('a unit answers with a figure, words or both; the last answer counts and earlier ones stay', async () => {
  const id = await issue(asking)
  await assert.rejects(answer(id, ward, {}), refused('directive-answer-empty'))
  await assert.rejects(answer(id, ward, { words: '   ' }), refused('directive-answer-empty'))
  await acknowledge(id, ward)
  assert.equal((await open(id, ward)).mine?.due, 'later', 'acknowledged is not answered')
  await answer(id, ward, { figure: 36 })
  await answer(id, ward, { figure: 34, words: 'Hai em đã chuyển trường' })
  const one = (await open(id, commander)).addressees.find(({ unit }) => unit.id === haKhanh)
  assert.deepEqual(
    [one?.step, one?.answer?.figure, one?.answer?.words, one?.due],
    ['answered', 34, 'Hai em đã chuyển trường', 'done'],
  )
  const kept = await house.owner<{ figure: string }>(
    'select figure from campaign.directive_answer where directive_id = $1 order by at',
    [id],
  )
  assert.deepEqual(
    kept.map(({ figure }) => Number(figure)),
    [36, 34],
  )

  await answer(id, nextWard, { words: 'Chưa có danh sách của trường' })
  assert.equal((await open(id, nextWard)).mine?.due, 'done', 'who answers has acknowledged')
  assert.deepEqual((await open(id, commander)).counts, {
    units: 2,
    unread: 0,
    acknowledged: 2,
    answered: 2,
    done: 2,
    overdue: 0,
  })
})

test('a unit at any step, asked or not, is counted as done exactly where the rule says so', async () => {
  const reach: Record<DirectiveStep, (id: DirectiveId) => Promise<unknown>> = {
    unread: async () => {},
    read: id => open(id, ward),
    acknowledged: id => acknowledge(id, ward),
    answered: id => answer(id, ward, { words: 'Rõ' }),
  }
  for (const step of directiveSteps)
    for (const question of [undefined, asking.question]) {
      const id = await issue({ units: [haKhanh], question })
      await reach[step](id)
      const { addressees, counts } = await open(id, commander)
      assert.deepEqual(
        [addressees.map(one => one.step), counts.done],
        [[step], isStepDone(step, question) ? 1 : 0],
        `${step}, ${question ? 'asked' : 'not asked'}`,
      )
    }
})

test('an answer with a figure that was not asked for is refused; words are always accepted', async () => {
  const id = await issue()
  await assert.rejects(answer(id, ward, { figure: 3 }), refused('directive-asks-nothing'))
  await answer(id, ward, { words: 'Rõ' })
  assert.equal((await open(id, commander)).addressees.find(({ unit }) => unit.id === haKhanh)?.step, 'answered')
})

test('a later version must be acknowledged anew, and the first stays readable', async () => {
  const id = await issue(asking)
  await open(id, ward)
  await answer(id, ward, { figure: 36 })
  const { campaign: _none, ...revised } = given({ ...asking, title: 'Rà soát, lần hai', dueOn: '2023-04-28' })
  assert.equal(await house.as(commander, work => directives.reviseDirective(work, id, revised)), 2)

  const mine = (await house.as(ward, work => view.listDirectives(work, { box: 'to-me' }))).find(one => one.id === id)
  assert.deepEqual([mine?.version, mine?.title, mine?.mine], [2, 'Rà soát, lần hai', { step: 'unread', due: 'later' }])
  await assert.rejects(
    acknowledge(id, ward, 1),
    (error: unknown) => refused('directive-superseded')(error) && (error as Problem).facts['version'] === 2,
  )

  const first = await open(id, commander, 1)
  assert.deepEqual([first.shown, first.addressees.find(({ unit }) => unit.id === haKhanh)?.answer?.figure], [1, 36])
  assert.deepEqual(
    first.versions.map(({ version, title }) => [version, title]),
    [
      [2, 'Rà soát, lần hai'],
      [1, given().title],
    ],
  )
  const second = await open(id, commander)
  const one = second.addressees.find(({ unit }) => unit.id === haKhanh)
  assert.deepEqual([one?.step, one?.earlier, one?.answer], ['unread', 1, undefined])

  await acknowledge(id, ward, 2)
  assert.equal((await open(id, commander)).counts.acknowledged, 1)
})

test('a unit that a later version no longer addresses owes nothing, and still reads its own version', async () => {
  const id = await issue()
  const { campaign: _none, ...revised } = given({ units: [haPhong] })
  await house.as(commander, work => directives.reviseDirective(work, id, revised))
  const shown = await open(id, ward)
  assert.deepEqual([shown.mine, shown.mayAnswer, shown.versions.length], [undefined, false, 2])
  await assert.rejects(acknowledge(id, ward, 2), refused('directive-not-yours'))
})

test('only the issuing unit revises or closes a directive, and nobody owes anything on a closed one', async () => {
  const id = await issue({ units: [haLong, haKhanh] })
  const { campaign: _none, ...revised } = given({ units: [haKhanh] })
  await assert.rejects(
    house.as(district, work => directives.reviseDirective(work, id, revised)),
    refused('directive-of-another'),
  )
  await assert.rejects(
    house.as(district, work => directives.closeDirective(work, id)),
    refused('directive-of-another'),
  )
  await house.as(commander, work => directives.closeDirective(work, id))
  await assert.rejects(acknowledge(id, ward), refused('directive-closed'))
  await assert.rejects(
    house.as(commander, work => directives.reviseDirective(work, id, revised)),
    refused('directive-closed'),
  )
  assert.equal((await open(id, ward)).mine?.due, 'closed')
  const { reminders } = await house.as(commander, work => reminder.readReminders(work))
  assert.ok(!reminders.some(({ directiveId }) => directiveId === id))
})

test('another district sees neither the text of a directive nor its readings and answers', async () => {
  const id = await issue({ ...asking, units: [haKhanh] })
  await answer(id, ward, { figure: 36, words: 'Có một em ở nước ngoài' })
  for (const stranger of [anotherDistrict, wardElsewhere, nextWard]) {
    await assert.rejects(open(id, stranger), refused('directive-unknown'))
    for (const box of ['to-me', 'issued', 'below'] as const) assert.ok(!(await listed(stranger, box)).includes(id))
    for (const table of [
      'directive',
      'directive_version',
      'directive_addressee',
      'directive_reading',
      'directive_acknowledgement',
      'directive_answer',
    ]) {
      const column = table === 'directive' ? 'id' : 'directive_id'
      const rows = await house.as(
        stranger,
        async ({ tx }) =>
          (
            await tx
              .selectFrom(`campaign.${table}` as never)
              .selectAll()
              .where(column as never, '=', id as never)
              .execute()
          ).length,
      )
      assert.equal(rows, 0, table)
    }
  }
  assert.deepEqual(await house.as({ ...ward, scope: 'none' }, work => view.listDirectives(work)), [])
})

test('a district sees the directives that others issued to its wards, for its own wards alone', async () => {
  const id = await issue({ units: [haKhanh, await unitOf(commune.quangHanh)] })
  assert.ok((await listed(district, 'below')).includes(id))
  assert.ok(!(await listed(district, 'to-me')).includes(id))
  assert.ok((await listed(ward, 'to-me')).includes(id))
  assert.ok(!(await listed(ward, 'below')).includes(id))
  assert.ok((await listed(commander, 'issued')).includes(id))
  assert.deepEqual(
    (await open(id, district)).addressees.map(({ unit }) => unit.id),
    [haKhanh],
  )
  assert.equal((await open(id, commander)).addressees.length, 2)
})

test('after its due day a directive is overdue in each unit that owes it, and the reminder names them', async () => {
  const id = await issue(asking)
  await answer(id, ward, { figure: 36 })
  const after = later(6)
  const told = await after(commander, work => reminder.readReminders(work, { id }))
  assert.deepEqual(
    told.reminders.map(({ unit, due, step }) => [unit.id, due, step]),
    [[haPhong, 'overdue', 'unread']],
  )
  const [text] = told.texts
  assert.match(
    text?.vi ?? '',
    new RegExp(
      String.raw`Hạn 25\/04\/2023\. Đã xong 1\/2 đơn vị\.\nCâu hỏi: Số em chưa có số định danh\nChưa ` +
        String.raw`đọc \(1\): Phường Hà Phong\nĐã quá hạn`,
    ),
  )
  assert.doesNotMatch(text?.vi ?? '', /kỷ luật|phê bình|http/)
  assert.equal((await after(commander, work => view.getDirective(work, id))).counts.overdue, 1)
  assert.deepEqual(
    (await after(ward, work => reminder.readReminders(work, { id }))).texts,
    [],
    'only who issued it has it to paste',
  )
})

test('a reminder about many units counts them by district, since commune names repeat', async () => {
  const id = await issue({ units: [], communesOf: province })
  const { texts, reminders } = await house.as(commander, work => reminder.readReminders(work, { id }))
  const inHaLong = reminders.filter(({ unit }) => unit.district === 'Thành phố Hạ Long').length
  assert.match(texts[0]?.vi ?? '', new RegExp(`Chưa đọc \\(${reminders.length}\\): .*Thành phố Hạ Long ${inHaLong};`))
  assert.ok((texts[0]?.vi ?? '').length < 700)
  const { addressees } = await open(id, commander)
  const districts = addressees.map(({ unit }) => unit.district ?? '')
  assert.deepEqual(districts, districts.toSorted(new Intl.Collator('vi').compare), 'units stand by district')
})

test('the first page counts what a unit owes and what is owed to its commander', async () => {
  const before = await house.as(nextWard, reminder.readDuties)
  const [plain, asked] = [
    await issue({ units: [haPhong], dueOn: '2023-04-21' }),
    await issue({ ...asking, units: [haPhong] }),
  ]
  const now = await house.as(nextWard, reminder.readDuties)
  assert.deepEqual(
    [
      now.mine.unread - before.mine.unread,
      now.mine.toAcknowledge - before.mine.toAcknowledge,
      now.mine.toAnswer - before.mine.toAnswer,
    ],
    [2, 2, 1],
  )
  await acknowledge(plain, nextWard)
  await acknowledge(asked, nextWard)
  const done = await house.as(nextWard, reminder.readDuties)
  assert.deepEqual(
    [done.mine.toAcknowledge - before.mine.toAcknowledge, done.mine.toAnswer - before.mine.toAnswer],
    [0, 1],
  )
  const { owed } = await house.as(commander, reminder.readDuties)
  assert.ok(owed.directives > 0 && owed.units >= owed.directives && owed.overdue === 0)
})

test('the successor of a merged ward answers for it', async () => {
  const lastDay = asDay('2024-12-31')
  const merged = await house.work(async work => {
    for (const one of await units.subtreeOn(work, province, lastDay)) {
      const [successor] = await units.successorsOf(work, one.id)
      if (one.level === 'commune' && successor?.extent === 'whole' && successor.effectiveOn > lastDay)
        return { old: one.id, next: successor.newId, on: successor.effectiveOn }
    }
    throw new Error('the reference has no commune that was merged whole')
  })
  const onDay = (day: Day) => makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => day })
  const codeOf = (id: units.UnitId) => house.work(async work => (await units.getUnit(work, id)).code)
  const before = { ...(await anOfficerOf(house, '22', { day: lastDay })), by: commander.by }
  const id = await onDay(lastDay)(before, work =>
    directives.issueDirective(work, given({ units: [merged.old], dueOn: '2025-08-01' })),
  )
  const successor = await anOfficerOf(house, await codeOf(merged.next), { day: merged.on })
  await onDay(merged.on)(successor, work => directives.acknowledgeDirective(work, id, { version: 1 }))
  const [one] = await house.owner<{ unit_id: Id<'unit'> }>(
    'select unit_id from campaign.directive_acknowledgement where directive_id = $1',
    [id],
  )
  assert.equal(one?.unit_id, merged.old)
})

// Who has entered nothing
// -----------------------------------------------------------------------------------------------------

test('a unit has reported once one of its officers enters something, anywhere; reading does not count', async () => {
  const worker = await house.work(work =>
    staff.addOfficer(work, { login: 'can-bo-khu-pho', fullName: 'Nguyễn Thị Hoa', unitId: haKhanh }),
  )
  await house.work(work => staff.appoint(work, { officerId: worker.officer.id, role: 'ward-officer', unitId: haKhanh }))
  const at = { ...ward, by: { kind: 'officer', id: worker.officer.id } } as const
  const silent = (by: Authority = commander, day = today) =>
    house.as(by, work => unitsNotReported(work, [haKhanh, haPhong], day))
  assert.deepEqual((await silent()).sort(), [haKhanh, haPhong].sort())

  await house.as(at, work => audit.record(work, 'directive.read', { kind: 'directive', id: work.id, unitId: haKhanh }))
  await house.as(at, work => audit.record(work, 'session.began', { kind: 'session', id: work.id, unitId: haKhanh }))
  assert.equal((await silent()).length, 2, 'to sign in and to read is no entry')
  await house.as(asSystem('test'), work =>
    audit.record(work, 'card.applied', { kind: 'card', id: work.id, unitId: haKhanh }),
  )
  assert.equal((await silent()).length, 2, 'what the house does by itself is nobody’s')
  await house.as(district, work =>
    audit.record(work, 'correction.approved', { kind: 'correction', id: work.id, unitId: haKhanh }),
  )
  assert.equal((await silent()).length, 2, 'nor is what the district did there')

  await house.as(at, work => audit.record(work, 'card.applied', { kind: 'card', id: work.id, unitId: camPha }))
  assert.deepEqual(await silent(), [haPhong], 'a pupil who lives elsewhere is an entry too')
  assert.deepEqual(
    await silent(district),
    [haPhong],
    'and the district is told the same, though it does not see the deed',
  )
  assert.equal((await silent(commander, addDays(today, -1))).length, 2, 'the day before, nothing')

  const told = await house.as(district, work => listNotReported(work, {}))
  assert.equal(told.units.length, told.communes - 1)
  assert.ok(!told.units.some(({ id }) => id === haKhanh))
  assert.ok(told.units.every(one => one.district === 'Thành phố Hạ Long' && !one.hasOfficers))
  await assert.rejects(
    house.as(district, work => listNotReported(work, { unit: camPha })),
    refused('list-unit-outside'),
  )
})

test('a directive reaches education offices and schools, who acknowledge and answer as the police do', async () => {
  await house.work(work =>
    units.importSchools(
      work,
      [
        ['22101', 'Trường THPT Hà Khánh', commune.haKhanh],
        ['22102', 'Trường THPT Quảng Hanh', commune.quangHanh],
      ].map(([code = '', name = '', unit = ''], i) => ({
        line: i + 2,
        values: { code, name, kind: 'upper-secondary', unit },
      })),
    ),
  )
  const schoolOf = (code: string) => house.work(async work => (await units.findSchool(work, code))!.id)
  const signedIn = async (role: staff.Role, code: string, schoolId?: units.SchoolId): Promise<Authority> => {
    const officer = await signedInOfficer(house, role, code, { ...(schoolId && { schoolId }) })
    return officer.as('directives.answer', async ({ by, unitId, scope, purpose }) => ({
      ...{ by, scope, purpose },
      ...(unitId && { unitId }),
    }))
  }
  const office = await signedIn('education-officer', '193')
  const [school, schoolElsewhere] = [
    await signedIn('school-officer', commune.haKhanh, await schoolOf('22101')),
    await signedIn('school-officer', commune.quangHanh, await schoolOf('22102')),
  ]
  const whole = { ...asking, units: [haKhanh], educationOf: haLong, schoolsOf: haLong, dueOn: today }
  const id = await issue(whole)

  const places = (await open(id, commander)).addressees.map(({ office: of, unit }) => [of, unit.name])
  assert.deepEqual(places.toSorted(), [
    ['education', 'Phòng Giáo dục và Đào tạo Thành phố Hạ Long'],
    ['police', 'Phường Hà Khánh'],
    ['school', 'Trường THPT Hà Khánh'],
  ])
  for (const one of [office, school]) {
    assert.ok((await listed(one, 'to-me')).includes(id))
    assert.equal((await house.as(one, reminder.readDuties)).mine.toAnswer, 1)
    await acknowledge(id, one)
    await answer(id, one, { figure: 4 })
    assert.equal((await house.as(one, reminder.readDuties)).mine.toAnswer, 0)
  }
  const after = await open(id, commander)
  assert.deepEqual([after.counts.units, after.counts.answered], [3, 2])
  assert.equal(after.addressees.find(one => one.office === 'school')?.answer?.figure, 4)
  // The police of the ward still owe theirs; the day after it is overdue, and named in the reminder.
  const later = makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => addDays(today, 1) })
  const { reminders } = await later(commander, work => reminder.readReminders(work, { id }))
  assert.deepEqual(
    reminders.map(one => [one.unit.name, one.due]),
    [['Phường Hà Khánh', 'overdue']],
  )

  await assert.rejects(open(id, schoolElsewhere), refused('directive-unknown'))
  const onlyOffice = await issue({ ...asking, units: [], educationOf: haLong })
  await assert.rejects(acknowledge(onlyOffice, school), refused('directive-unknown'))
  await assert.rejects(acknowledge(onlyOffice, district), refused('directive-unknown'))
  await assert.rejects(issue({ units: [], schoolsOf: camPha }, district), refused('directive-unit-outside'))
})
