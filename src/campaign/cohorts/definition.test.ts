import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import type { Problem } from '../../platform/problem.ts'
import * as rolls from '../../rolls/rolls.ts'
import * as statistics from '../../statistics/statistics.ts'
import * as units from '../../units/units.ts'
import * as campaign from '../campaign.ts'
import { needsOfPerson } from '../needs/needs.ts'
import { changeCampaign } from './campaigns.ts'
import { countDefinition } from './cohorts.ts'
import type { Definition } from './contract-definition.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-definition-'))
after(() => rm(folder, { recursive: true }))

const day = asDay('2023-04-20')
const base: Definition = {
  name: 'thu',
  title: 'Thử',
  cohort: { bornIn: [2005], basis: 'permanent' },
  metrics: ['account-activated'],
  startsOn: '2023-03-01',
  deadlines: [{ name: 'Kích hoạt', on: '2023-06-30', proof: 'account-activated' }],
}
const create = async (given: object) =>
  campaign.asCampaignId((await house.work(work => campaign.create(work, { ...base, ...given }))).id)
const refused = async (given: object) => {
  const problem = (await house
    .work(work => campaign.create(work, { ...base, name: 'sai', ...given }))
    .catch(error => error)) as Problem
  assert.equal(problem.name, 'Problem', String(problem))
  return { code: problem.code, faults: problem.facts['faults'] as readonly { unit: string; fault: string }[] }
}
const members = async (id: campaign.CampaignId) => {
  await statistics.recountAllDue(house.openWork)
  const { people } = await house.work(work =>
    statistics.listPeople(work, id, { which: 'members', metric: 'account-activated' }, { limit: 1000 }),
  )
  return people.map(({ name }) => name).sort()
}

const father = aPerson({ name: 'Nguyễn Văn Cha', bornOn: '1975-02-03' })
const mother = aPerson({ name: 'Trần Thị Mẹ', bornOn: '1978-05-06', sex: 'F', commune: commune.quangHanh })
const pupil = aPerson({
  name: 'Nguyễn Văn Con',
  bornOn: '2005-03-15',
  father_number: father.person_number,
  mother_number: mother.person_number,
})
const teacher = aPerson({ name: 'Lê Thị Cô', bornOn: '1985-09-01', sex: 'F' })
const younger = aPerson({ name: 'Phạm Văn Út', bornOn: '2009-05-02' })
const tooYoung = aPerson({ name: 'Phạm Văn Bé', bornOn: '2010-05-02' })
const elsewhere = aPerson({ name: 'Vũ Văn Xa', bornOn: '2005-01-01', commune: commune.quangHanh })

before(async () => {
  await house.work(work =>
    units.importSchools(work, [
      { line: 2, values: { code: 'S1', name: 'Trường THPT Thử', kind: 'upper-secondary', unit: commune.haKhanh } },
    ]),
  )
  await enterAll(house, [father, mother, teacher, younger, tooYoung, elsewhere])
  await enterAll(house, [pupil])
  const roll = async (kind: rolls.RollKind, someone: ReturnType<typeof aPerson>, of: string) => {
    const file = join(folder, `${kind}.csv`)
    const [y, m, d] = someone.birth_date.split('-')
    await writeFile(
      file,
      `STT,Họ và tên,Ngày sinh,Giới tính,Lớp,Số ĐDCN\n1,${someone.full_name},${d}/${m}/${y},` +
        `${someone.sex === 'F' ? 'Nữ' : 'Nam'},${of},${someone.person_number}\n`,
    )
    await rolls.importAndReconcile(
      house.openWork,
      { by: { kind: 'operator', id: 'test' }, scope: 'house', purpose: 'roll' },
      file,
      {
        schoolCode: 'S1',
        schoolYear: '2022-2023',
        asOf: day,
        kind,
      },
    )
  }
  await roll('pupils', pupil, '12A1')
  await roll('staff', teacher, '12A1')
})

test('a cohort is by year of birth and residence', async () => {
  assert.deepEqual(await members(await create({ name: 'theo-nam-sinh' })), ['Nguyễn Văn Con', 'Vũ Văn Xa'])
})

test('a cohort is by grade and school, from the rolls', async () => {
  const id = await create({ name: 'theo-khoi', cohort: { basis: 'school', grades: [12], bornIn: [2005] } })
  assert.deepEqual(await members(id), ['Nguyễn Văn Con'])
})

test('a cohort by relation has the parents of a roll’s pupils, in the units where they live', async () => {
  const id = await create({ name: 'phu-huynh', cohort: { from: 'rolls', relation: ['father', 'mother', 'guardian'] } })
  assert.deepEqual(await members(id), ['Nguyễn Văn Cha', 'Trần Thị Mẹ'])
  const sheet = await house.work(work => statistics.readQuickSheet(work, id))
  assert.equal(sheet.below.find(({ unit }) => unit.code === '195')?.members, 1)
})

test('a school’s teachers are members by its staff list, and do not count as pupils', async () => {
  assert.deepEqual(await members(await create({ name: 'giao-vien', cohort: { basis: 'school', from: 'staff' } })), [
    'Lê Thị Cô',
  ])
})

test('a person who comes of age before the last deadline counts from that birthday, a later one never', async () => {
  const id = await create({ name: 'du-tuoi', cohort: { ageFrom: 14 } })
  await statistics.recountAllDue(house.openWork)
  const at = async (on: string) =>
    (await house.work(work => statistics.readQuickSheet(work, id, { day: on }))).whole.members
  const { people } = await house.work(work =>
    statistics.listPeople(work, id, { which: 'members', day: '2023-04-20' }, { limit: 1000 }),
  )
  assert.ok(!people.some(({ name }) => name === 'Phạm Văn Út'), 'fourteen on 2 May')
  assert.equal(await at('2023-04-20'), 5)
  const { openWork } = house
  const [inOn] = await house.owner<{ in_on: string }>(
    `select in_on::text from campaign.member
      where campaign_id = '${id}' and person_id = '${await idOf(house, younger.person_number)}'`,
  )
  assert.equal(inOn?.in_on, '2023-05-02')
  assert.ok(openWork)
})

test('officers add and excuse people with a reason, and the list of any earlier day can be read', async () => {
  const id = await create({ name: 'them-bot' })
  await statistics.recountAllDue(house.openWork)
  const [added, excused] = [await idOf(house, teacher.person_number), await idOf(house, elsewhere.person_number)]
  const edition = (await house.work(work => statistics.readQuickSheet(work, id))).edition
  await house.work(async work => {
    const one = await campaign.getCampaign(work, id)
    await campaign.recordException(work, one, { personId: added, kind: 'added', reason: 'by-order' })
    await campaign.recordException(work, one, {
      personId: excused,
      kind: 'excused',
      reason: 'abroad',
      note: 'đi lao động',
    })
  })
  assert.deepEqual(await members(id), ['Lê Thị Cô', 'Nguyễn Văn Con'])
  const before = await house.work(work => statistics.listPeople(work, id, { which: 'members', edition }))
  assert.deepEqual(before.people.map(({ name }) => name).sort(), ['Nguyễn Văn Con', 'Vũ Văn Xa'])
  const why = await house.work(work => statistics.explainDifference(work, id, { which: 'members', since: edition }))
  assert.deepEqual([why.before, why.after], [2, 2])
  assert.deepEqual(
    why.parts.toSorted((a, b) => (a.cause < b.cause ? -1 : 1)),
    [
      { cause: 'added', gone: 0, come: 1 },
      { cause: 'excused', gone: 1, come: 0 },
    ],
  )
  await house.work(async work => campaign.withdrawException(work, await campaign.getCampaign(work, id), excused))
  assert.deepEqual(await members(id), ['Lê Thị Cô', 'Nguyễn Văn Con', 'Vũ Văn Xa'])
})

test('a wrong definition is refused with every fault, and nothing is stored', async () => {
  assert.equal((await refused({ startsOn: '2023-02-30' })).code, 'campaign-malformed')
  assert.equal((await refused({ metrics: ['nothing'] })).code, 'campaign-malformed')
  assert.equal((await refused({ cohort: undefined })).code, 'campaign-malformed')
  assert.equal(
    (await refused({ deadlines: [{ name: 'Sớm', on: '2023-01-01', proof: 'card-in-hand' }] })).code,
    'campaign-malformed',
  )
  assert.equal((await refused({ unit: '999' })).code, 'campaign-malformed')
  assert.equal(
    (await house.work(campaign.listCampaigns)).some(({ name }) => name === 'sai'),
    false,
  )
})

test('the same file again changes nothing; another campaign of that name is refused', async () => {
  const first = await create({ name: 'hai-lan' })
  assert.equal(await create({ name: 'hai-lan' }), first)
  await assert.rejects(create({ name: 'hai-lan', title: 'Khác' }), { code: 'campaign-exists' })
})

const target = (unit: string, value: number, more: object = {}) => ({
  unit,
  metric: 'account-activated',
  value,
  ...more,
})

test('a batch is refused as a whole for a negative target, a child above its parent or an abolished unit', async () => {
  const faultsOf = async (targets: object[]) =>
    (await refused({ targets })).faults.map(({ unit, fault }) => `${unit} ${fault}`)
  assert.deepEqual(await faultsOf([target('22', -1)]), ['22 negative'])
  assert.deepEqual(await faultsOf([target('22', 100), target('193', 101)]), ['193 above-parent'])
  assert.deepEqual(await faultsOf([target('22', 100), target('193', 60), target('195', 41)]), ['22 above-parent'])
  assert.deepEqual(await faultsOf([target('22', 5), target('22', 6)]), ['22 twice'])
  assert.deepEqual(await faultsOf([target('193', 5, { assignedOn: '2025-07-02', dueOn: '2025-08-01' })]), [
    '193 unit-unknown-that-day',
  ])
  assert.deepEqual(await faultsOf([target('193', 5, { assignedOn: '2023-06-01', dueOn: '2023-05-01' })]), [
    '193 due-before-assigned',
  ])
})

test('batches of targets add up, a revision is a new version, and what is not handed down is shown', async () => {
  const id = await create({
    name: 'giao-chi-tieu',
    targets: [
      target('22', 60, { batch: '1', dueOn: '2023-04-15' }),
      target('22', 40, { batch: '2', dueOn: '2023-06-30' }),
      target('193', 50, { batch: '1', dueOn: '2023-04-15' }),
    ],
    issuedBy: 'Đại tá Nguyễn Văn Chỉ Huy',
  })
  const tree = (on = day) =>
    house.work(async work => {
      const one = await campaign.getCampaign(work, id)
      return campaign.readTargetTree(work, one, { unitId: one.unitId, metric: 'account-activated', day: on })
    })
  assert.equal((await tree()).whole.value, 100)
  assert.equal((await tree()).whole.notHandedDown, 50)
  const province = await anOfficerOf(house, '22')
  await house.as(province, async work => {
    const one = await campaign.getCampaign(work, id)
    const unit = await units.findUnitOn(work, '22', day)
    const asked = {
      unitId: unit?.id ?? one.unitId,
      said: '22',
      metric: 'account-activated' as const,
      batch: '1',
      value: 80,
      assignedOn: day,
      dueOn: asDay('2023-05-15'),
      splitBy: 'hand',
    }
    assert.deepEqual(await campaign.issueTargets(work, one, [asked], 'Giám đốc'), { issued: 1, unchanged: 0 })
    assert.deepEqual(await campaign.issueTargets(work, one, [asked], 'Giám đốc'), { issued: 0, unchanged: 1 })
  })
  assert.equal((await tree()).whole.value, 120)
  assert.equal((await tree(asDay('2023-04-19'))).whole.value, 100, 'as it was asked the day before')
  const [batch] = (await tree()).whole.batches
  assert.deepEqual([batch?.version, batch?.issuedBy], [2, 'Giám đốc'])
})

test('an officer hands down to units below their own, and to no others', async () => {
  const id = await create({ name: 'ngoai-don-vi', targets: [target('22', 100), target('193', 50), target('195', 50)] })
  const district = await anOfficerOf(house, '193')
  const issue = (code: string, value: number) =>
    house.as(district, async work => {
      const unit = await units.findUnitOn(work, code, day)
      if (!unit) throw new Error(code)
      const asked = {
        unitId: unit.id,
        said: code,
        metric: 'account-activated' as const,
        batch: '1',
        value,
        assignedOn: day,
        dueOn: asDay('2023-06-30'),
        splitBy: 'hand',
      }
      return campaign.issueTargets(work, await campaign.getCampaign(work, id), [asked], 'Trưởng công an cấp huyện')
    })
  assert.deepEqual(await issue(commune.haKhanh, 20), { issued: 1, unchanged: 0 })
  await assert.rejects(issue(commune.quangHanh, 20), { code: 'target-refused' })
})

test('shares by need or by cohort are whole numbers and sum to the batch', async () => {
  const id = await create({ name: 'chia', targets: [target('22', 7)] })
  await statistics.recountAllDue(house.openWork)
  for (const by of ['cohort', 'need', 'population'] as const) {
    const { shares, value } = await house.work(async work => {
      const one = await campaign.getCampaign(work, id)
      return statistics.splitTarget(work, id, { unit: one.unitId, metric: 'account-activated', batch: '1', by })
    })
    assert.equal(value, 7)
    assert.equal(
      shares.reduce((sum, share) => sum + share.value, 0),
      7,
      by,
    )
  }
  assert.deepEqual(statistics.shareOut(723_000, [168_400, 62_100, 0, 492_500]), [168_400, 62_100, 0, 492_500])
  assert.deepEqual(statistics.shareOut(10, [1, 1, 1]), [4, 3, 3])
})

test('the last safe days of a campaign are shown for its unit, and for a person by what they still lack', async () => {
  const id = await create({
    name: 'an-toan',
    deadlines: [
      { name: 'Thẻ', on: '2023-06-26', proof: 'card-in-hand' },
      { name: 'Tài khoản', on: '2023-05-12', proof: 'account-activated' },
      { name: 'Số', on: '2023-05-12', proof: 'number-known' },
    ],
  })
  await members(id)
  type Days = Awaited<ReturnType<typeof campaign.listSafeDays>>['days']
  const told = (days: Days) =>
    days
      .filter(one => one.campaign.id === id)
      .map(({ deadline, lastSafeOn, officeOn, workingDays }) => [deadline, lastSafeOn, officeOn, workingDays])
  const ofUnit = (query: object) => house.work(work => campaign.listSafeDays(work, { campaign: id, ...query }))
  // Hạ Long is a city: seven working days for a first card.
  assert.deepEqual(told((await ofUnit({ day: '2023-04-20' })).days)[0], ['Tài khoản', '2023-05-03', '2023-04-28', 7])
  assert.deepEqual((await ofUnit({ day: '2023-06-27' })).days, [], 'over')

  const officer = await anOfficerOf(house, commune.haKhanh)
  const person = await idOf(house, pupil.person_number)
  const standing = await house.as(officer, work => needsOfPerson(work, person))
  assert.deepEqual(told(standing.lastSafeDays), [
    ['Tài khoản', '2023-05-03', '2023-04-28', 7],
    ['Thẻ', '2023-06-15', '2023-06-15', 7],
  ])
  assert.equal(standing.lastSafeDays[0]?.law.rule, 'accounts.working-days-to-decide')
  const other = await idOf(house, elsewhere.person_number)
  await assert.rejects(
    house.as(officer, work => needsOfPerson(work, other)),
    { code: 'person-unknown' },
  )
  // Of a class: the place of its school decides, and a school of others is refused as their unit is.
  const school = await house.work(work => units.findSchool(work, 'S1'))
  const ofClass = await ofUnit({ school: school?.id, day: '2023-04-20' })
  assert.deepEqual(told(ofClass.days), [
    ['Tài khoản', '2023-05-03', '2023-04-28', 7],
    ['Thẻ', '2023-06-15', '2023-06-15', 7],
  ])
  const stranger = await anOfficerOf(house, '207')
  const ofOthers = house.as(stranger, work =>
    campaign.listSafeDays(work, { campaign: id, school: school?.id as never }),
  )
  await assert.rejects(ofOthers, { code: 'list-unit-outside' })
  const foreign = await house.work(work => units.findUnitOn(work, '193', day))
  const outside = house.as(officer, work => campaign.listSafeDays(work, { campaign: id, unit: foreign?.id }))
  await assert.rejects(outside, { code: 'list-unit-outside' })
})

test('a definition is counted before anything is kept, and means as many once it is', async () => {
  const asked = {
    ...base,
    name: 'dem-truoc',
    cohort: undefined,
    cohorts: [
      { bornIn: [2005, 2009], basis: 'permanent', units: [commune.haKhanh] },
      { ageFrom: 18, basis: 'permanent' },
    ],
  }
  const definition = JSON.parse(JSON.stringify(asked))
  const counted = await house.work(work => countDefinition(work, definition))
  assert.ok(counted.people > 2)
  assert.equal(
    counted.cohorts.reduce((sum, n) => sum + n, 0),
    counted.people,
    'each person counts in the first cohort that means them',
  )
  const known = await house.work(campaign.listCampaignShapes)
  assert.ok(!known.some(({ name }) => name === 'dem-truoc'), 'nothing is kept')
  const id = campaign.asCampaignId((await house.work(work => campaign.create(work, definition))).id)
  assert.equal((await members(id)).length, counted.people)
})

test('units and kinds of school narrow a cohort; a unit outside the campaign is refused', async () => {
  const count = (rule: object) =>
    house.work(work => countDefinition(work, { ...base, name: 'hep', cohort: { basis: 'permanent', ...rule } }))
  const [all, own] = [await count({ ageFrom: 14 }), await count({ ageFrom: 14, units: [commune.haKhanh] })]
  assert.ok(own.people < all.people && own.people > 0)
  assert.equal((await count({ ageFrom: 0, schoolKinds: ['continuing-education'] })).people, 0)
  assert.equal((await refused({ cohort: { units: ['99999'] } })).code, 'campaign-malformed')
})

test('a campaign is changed until its first day, and its people are found anew', async () => {
  const ahead = { ...base, name: 'sap-toi', startsOn: '2023-05-02' }
  const { id: text } = await house.work(work => campaign.create(work, ahead))
  const id = campaign.asCampaignId(text)
  const before = (await house.work(work => countDefinition(work, ahead))).people
  const wider = { ...ahead, title: 'Sắp tới, rộng hơn', cohort: { ageFrom: 14, basis: 'permanent' } }
  const changed = await house.work(work => changeCampaign(work, id, wider))
  assert.deepEqual([changed.title, changed.version], ['Sắp tới, rộng hơn', 2])
  // A second tab that still shows the first version.
  const stale = await house.work(work => changeCampaign({ ...work, seen: '1' }, id, ahead)).catch(error => error)
  assert.deepEqual([stale.code, stale.facts.deed], ['changed-meanwhile', 'campaign.changed'])
  await statistics.recountAllDue(house.openWork)
  const meant = await house.owner<{ n: number }>(
    'select count(*)::integer as n from campaign.member where campaign_id = $1',
    [id],
  )
  assert.ok(Number(meant[0]?.n) > before)
  const begun = await create({ name: 'da-bat-dau' })
  const refusedChange = await house
    .work(work => changeCampaign(work, begun, { ...base, name: 'da-bat-dau', title: 'Khác' }))
    .catch(error => error)
  assert.equal(refusedChange.code, 'campaign-begun')
})
