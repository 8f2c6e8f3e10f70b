import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { before, test } from 'node:test'
import { aCard } from '../../test/a-card.ts'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as accounts from '../accounts/accounts.ts'
import * as audit from '../audit/audit.ts'
import * as campaign from '../campaign/campaign.ts'
import { closeCampaign } from '../campaign/cohorts/campaigns.ts'
import * as cards from '../cards/cards.ts'
import { consequences } from '../consequences.ts'
import { asDay } from '../platform/day.ts'
import { asId } from '../platform/ids.ts'
import { asSystem, makeOpenWork, type Work, withHouseScope } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { readTileMap } from './figures/tile-map.ts'
import * as statistics from './statistics.ts'

/** What figures must keep to whatever happens around them. */

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const day = asDay('2023-04-20')
const key = generateKeyPairSync('ed25519').privateKey
const people = Array.from({ length: 12 }, (_, i) =>
  aPerson({
    name: `Lê Văn ${String.fromCharCode(65 + i)}`,
    bornOn: `2005-0${(i % 9) + 1}-11`,
    commune: i < 8 ? commune.haKhanh : commune.haPhong,
  }),
)
const person = (i: number) => idOf(house, people[i]?.person_number ?? '')
const base = {
  title: 'Giữ',
  metrics: ['account-activated'],
  startsOn: '2023-03-01',
  deadlines: [{ name: 'Hạn', on: '2023-06-30', proof: 'account-activated' }],
  cohort: { bornIn: [2005] },
}
const create = async (name: string, given: object = {}) => {
  const { id } = await house.work(work => campaign.create(work, { ...base, name, ...given }))
  await statistics.recountAllDue(house.openWork)
  return campaign.asCampaignId(id)
}
const quick = (id: campaign.CampaignId, query: statistics.FigureParams = {}) =>
  house.work(work => statistics.readQuickSheet(work, id, query))
const activate = async (i: number) => {
  const { id } = await house.work(async work => accounts.request(work, await person(i), { level: 1 }))
  await house.work(work => accounts.approve(work, id))
  await house.work(work => accounts.activate(work, id))
  return id
}
const unitOf = (code: string) =>
  house.work(async work => (await units.findUnitOn(work, code, day))?.id ?? assert.fail(`no unit ${code}`))

before(async () => {
  await enterAll(house, people)
})

test('a person who applies stays in the campaign of those who lacked a card', async () => {
  const id = await create('thieu', {
    cohort: { bornIn: [2005], lacking: ['card', 'account'] },
    metrics: ['card-applied'],
  })
  assert.equal((await quick(id)).whole.members, 12)
  await house.work(async work => cards.applyForCard(work, await person(0), { unitId: await unitId(work) }))
  await house.work(async work => accounts.request(work, await person(1), { level: 1 }))
  await statistics.recountAllDue(house.openWork)
  const { whole } = await quick(id)
  assert.deepEqual([whole.members, whole.cumulative], [12, 1])
})

test('a failed application is no longer counted, and its person needs a card again', async () => {
  const id = await create('huy', { cohort: { bornIn: [2005], lacking: ['card'] }, metrics: ['card-applied'] })
  const before = (await quick(id, { metric: 'card-applied' })).whole.cumulative
  const card = await house.work(async work => cards.applyForCard(work, await person(2), { unitId: await unitId(work) }))
  await statistics.recountAllDue(house.openWork)
  assert.equal((await quick(id, { metric: 'card-applied' })).whole.cumulative, before + 1)
  await house.work(work => cards.cancelCard(work, card.id, { code: 'withdrawn' }))
  await statistics.recountAllDue(house.openWork)
  assert.equal((await quick(id, { metric: 'card-applied' })).whole.cumulative, before)
  const needs = await house.work(async work => campaign.needsOf(work, [await person(2)], work.today))
  assert.ok([...needs.values()][0]?.includes('card'))
})

test('a reprint keeps the days of the application and its approval, and is counted as on its way', async () => {
  const id = await create('in-lai', { metrics: ['card-approved', 'card-produced'] })
  const ward = { ...asSystem('test'), unitId: asId<'unit'>(await house.work(unitId)) }
  const cardId = await aCard({ openWork: house.openWork, standing: ward }, await person(3), 'produced')
  await house.work(async work => {
    const box = await cards.openBox(work, { to: { kind: 'unit', id: ward.unitId } })
    await cards.putInBox(work, box.id, { cardId })
    await cards.sealBox(work, box.id, { seal: 'NP' })
    await cards.sendBox(work, box.id)
    await cards.receiveBox(work, box.id, { seal: 'intact' })
    await cards.countBox(work, box.id, { serials: [] })
  })
  const of = async (metric: campaign.Metric) => (await quick(id, { metric })).whole.cumulative
  await statistics.recountAllDue(house.openWork)
  const before = [await of('card-approved'), await of('card-produced')] as const
  await house.work(work => cards.declareLost(work, cardId))
  await statistics.recountAllDue(house.openWork)
  assert.deepEqual([await of('card-approved'), await of('card-produced')], [before[0], before[1] - 1])
})

test('a unit with neither a target nor members has no rank', async () => {
  const id = await create('trong')
  const { below } = await quick(id, { unit: await unitOf('193') })
  const places = Map.groupBy(below, ({ members }) => members > 0)
  assert.ok(places.get(true)?.every(({ rank }) => rank !== null))
  assert.ok((places.get(false)?.length ?? 0) > 0)
  assert.ok(places.get(false)?.every(({ rank }) => rank === null))
  const none = await create('khong-ai', { cohort: { ageFrom: 118 } })
  assert.deepEqual([...new Set((await quick(none)).below.map(({ rank }) => rank))], [null])
})

const unitId = async (work: Work) => (await units.findUnitOn(work, commune.haKhanh, day))?.id ?? assert.fail('no unit')

test('map and ranking give a commune one rate, rank and class, whichever unit is shown', async () => {
  const id = await create('o-xa', { metrics: ['number-known'] })
  const district = await unitOf('193')
  const map = await house.work(work => readTileMap(work, id, {}))
  const inDistrict = await house.work(work => readTileMap(work, id, { unit: district }))
  const { below } = await quick(id, { unit: district })
  assert.ok(inDistrict.tiles.length > 1)
  assert.deepEqual(inDistrict.classes, map.classes, 'the classes are of the whole campaign')
  for (const { unit, rate, rank, coverage, cumulative } of inDistrict.tiles) {
    const row = below.find(one => one.unit.id === unit.id)
    assert.deepEqual([cumulative, rate, rank], [row?.cumulative, row?.rate ?? row?.rateOfMembers, row?.rank])
    assert.equal(coverage, map.tiles.find(one => one.unit.id === unit.id)?.coverage)
  }
})

test('a campaign that begins while deeds wait takes nothing from one that runs', async () => {
  const first = await create('truoc')
  await activate(2)
  await create('sau')
  assert.equal((await quick(first)).whole.cumulative, 1)
  const [told] = (await statistics.verifyCounts(house.openWork)).filter(({ campaign: name }) => name === 'truoc')
  assert.deepEqual([told?.differed, told?.totals], [0, 0])
})

test('an officer sees why the unit’s published figure fell, though no longer who moved away', async () => {
  const id = await create('chuyen-di')
  const officer = await anOfficerOf(house, commune.haKhanh)
  const unit = await unitOf(commune.haKhanh)
  const report = await house.as(officer, work => statistics.publishReport(work, key, id, {}))
  const before = (await quick(id, { unit })).whole.cumulative
  await enterAll(house, [{ ...(people[2] as Record<string, string>), residence_unit: commune.quangHanh }])
  await statistics.recountAllDue(house.openWork)
  const why = await house.as(officer, work => statistics.explainDifference(work, id, { since: report.edition }))
  assert.deepEqual([why.before, why.after, why.parts], [before, before - 1, [{ cause: 'moved', gone: 1, come: 0 }]])
  assert.equal(
    (await house.as(officer, work => statistics.readQuickSheet(work, id, { edition: report.edition }))).whole
      .cumulative,
    before,
  )
  const { people: named } = await house.as(officer, work =>
    statistics.listDifferencePeople(work, id, { since: report.edition }),
  )
  assert.deepEqual(
    named.map(({ name, way }) => [name, way]),
    [[null, 'gone']],
    'the register shows the name no more',
  )
})

test('an officer whose unit is not on a map is refused instead of getting the province’s sheet', async () => {
  const id = await create('ban-do')
  const officer = await anOfficerOf(house, commune.haKhanh)
  await assert.rejects(
    house.as(officer, work => statistics.readQuickSheet(work, id, { map: '2025' })),
    { code: 'figure-unit-gone' },
  )
})

test('an officer who sees schools alone gets no figures of residents', async () => {
  const id = await create('cu-tru')
  const unit = await unitOf('193')
  const education = {
    by: { kind: 'officer' as const, id: 'x' },
    unitId: unit,
    scope: { units: [] },
    purpose: 'none',
  }
  await assert.rejects(
    house.as(education, work => statistics.readQuickSheet(work, id)),
    { code: 'figure-unit-outside' },
  )
  const { name } = await house.work(work => campaign.getCampaign(work, id))
  const listed = await house.as(education, campaign.listCampaignShapes)
  assert.equal(
    listed.some(one => one.name === name),
    false,
    'nor is it offered',
  )
})

test('a unit cannot change its own target, hand down a missing one or lower one below its parts', async () => {
  const target = (unit: string, value: number) => ({ unit, metric: 'account-activated', value })
  const id = await create('khong-tu-sua', { targets: [target('22', 40), target('193', 27)] })
  const issue = async (code: string, unit: string, value: number, metric: campaign.Metric = 'account-activated') =>
    house.as(await anOfficerOf(house, code), async work => {
      const found = await units.findUnitOn(work, unit, day)
      const asked = {
        unitId: found?.id as units.UnitId,
        said: unit,
        metric,
        batch: '1',
        value,
        assignedOn: day,
        dueOn: asDay('2023-06-30'),
        splitBy: 'hand',
      }
      return campaign.issueTargets(work, await campaign.getCampaign(work, id), [asked], 'Chỉ huy')
    })
  await assert.rejects(issue('193', '193', 1), { code: 'target-refused' })
  await assert.rejects(issue('22', '22', 5), { code: 'target-refused' })
  await assert.rejects(
    issue('22', commune.quangHanh, 100),
    { code: 'target-refused' },
    'its district has none, its province has 40',
  )
  await assert.rejects(issue('22', '193', 5, 'number-known'), { code: 'target-refused' })
  assert.deepEqual(await issue('22', '22', 30), { issued: 1, unchanged: 0 })
})

test('a commune that was merged into one that stood before counts with its target there', async () => {
  const [yetKieu, tranHungDao] = ['06682', '06685']
  const id = await create('sap-nhap', {
    targets: [yetKieu, tranHungDao].map((unit, i) => ({ unit, metric: 'account-activated', value: 10 * (i + 1) })),
  })
  const ofDistrict = async (map: '2023' | '2024') =>
    (await quick(id, { unit: await unitOf('193'), map })).below.reduce((sum, { target }) => sum + (target ?? 0), 0)
  assert.deepEqual([await ofDistrict('2023'), await ofDistrict('2024')], [30, 30])
})

test('figures and lists of a closed campaign have what was done before it closed, and nothing later', async () => {
  const id = await create('dong')
  const before = (await quick(id)).whole.cumulative
  const account = await activate(3)
  await house.work(work => closeCampaign(work, id))
  await house.work(work => accounts.cancel(work, account, { reason: 'nhầm' }))
  await activate(4)
  await statistics.recountAllDue(house.openWork)
  const [{ whole }, list] = [await quick(id), await house.work(work => statistics.listPeople(work, id, {}))]
  assert.deepEqual([whole.cumulative, list.total, list.people.length], [before + 1, before + 1, before + 1])
})

test('a campaign of a district keeps its people and figures when districts are abolished', async () => {
  const id = await create('cap-huyen', { unit: '193' })
  const before = (await quick(id)).whole
  const later = makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay('2025-07-02') })
  await statistics.verifyCounts(later)
  const system = { by: { kind: 'system' as const, id: 'house' }, scope: 'house' as const, purpose: 'test' }
  const after = await later(system, work => statistics.readQuickSheet(work, id))
  assert.deepEqual(
    [after.whole.members, after.whole.cumulative, after.map],
    [before.members, before.cumulative, '2024'],
  )
  await statistics.verifyCounts(house.openWork)
})

test('a person added from outside the unit counts in the whole, its list and course, in no unit below', async () => {
  const id = await create('them-ngoai', { unit: '193' })
  const far = aPerson({ name: 'Trịnh Văn Xa', bornOn: '2003-01-01', commune: commune.quangHanh })
  await enterAll(house, [far])
  await house.work(async work =>
    campaign.recordException(work, await campaign.getCampaign(work, id), {
      personId: await idOf(house, far.person_number),
      kind: 'added',
      reason: 'by-order',
    }),
  )
  await statistics.recountAllDue(house.openWork)
  const sheet = await quick(id)
  const { total, people: listed } = await house.work(work =>
    statistics.listPeople(work, id, { which: 'members' }, { limit: 1000 }),
  )
  assert.deepEqual([sheet.elsewhere.members, total, listed.length], [1, sheet.whole.members, sheet.whole.members])
  assert.equal(listed.find(({ name }) => name === 'Trịnh Văn Xa')?.band, 'đưa thêm')
})

test('counting goes on until nobody is due, also when one person is due many times', async () => {
  const id = await create('nhieu-viec')
  const [one, other] = [await person(5), await person(6)]
  await house.owner(
    `insert into statistics.recount (person_id, id, deed, at)
      select '${one}', gen_random_uuid(), 'account.requested', now() - interval '1 hour'
      from generate_series(1, 20000)`,
  )
  await house.owner(
    `insert into statistics.recount (person_id, id, deed, at)
      values ('${other}', gen_random_uuid(), 'account.requested', now())`,
  )
  await statistics.recountAllDue(house.openWork)
  assert.equal((await quick(id)).waiting, 0)
})

test('an unknown band of a campaign and days outside the calendar are refused', async () => {
  const id = await create('vao-sai')
  await assert.rejects(quick(id, { band: 99 }), { code: 'figure-part-unknown' })
  await assert.rejects(
    house.work(work => campaign.create(work, { ...base, name: 'xa-xoi', startsOn: '9999-12-31', deadlines: [] })),
    { code: 'campaign-malformed' },
  )
})

test('figures as they were known before the first count are nought, and no fault', async () => {
  const id = await create('truoc-het')
  const { edition, knownAt, whole } = await quick(id, { edition: 0 })
  assert.deepEqual([edition, whole.members, whole.cumulative], [0, 0, 0])
  assert.ok(!Number.isNaN(Date.parse(knownAt)), knownAt)
})

test('readers during the counting see sheets that match the edition they name', async () => {
  const id = await create('cung-luc')
  let going = true
  const counting = (async () => {
    for (let i = 7; i < 12; i += 1) {
      await activate(i)
      await statistics.recountDue(house.openWork)
    }
    going = false
  })()
  const seen = new Map<number, number>()
  while (going) {
    const { edition, whole } = await quick(id)
    seen.set(edition, whole.cumulative)
  }
  await counting
  for (const [edition, count] of seen)
    assert.equal((await quick(id, { edition })).whole.cumulative, count, `edition ${edition}`)
})

test('counting within an officer’s work leaves them seeing no more than before', async () => {
  const officer = await anOfficerOf(house, '195')
  const seen = (work: Work) =>
    work.tx
      .selectFrom('register.person')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirst()
  await house.as(officer, async work => {
    const own = await seen(work)
    const all = await withHouseScope(work, wide => seen(wide))
    assert.ok(Number(all?.n) > Number(own?.n))
    assert.equal((await seen(work))?.n, own?.n)
  })
})

const brought = (lines: readonly (readonly [unit: string, day: string, members: string, activated: string])[]) =>
  lines.map(([unit, on, members, activated], at) => ({
    line: at + 2,
    values: { unit, day: on, members, 'account-activated': activated },
  }))
const haKhanh = '06649'

test('an opening balance is added to every figure by its day, and the list stays those who are here', async () => {
  const id = await create('dau-ky', { targets: [{ unit: '22', metric: 'account-activated', value: 2000 }] })
  const alone = await quick(id, { day })
  const courseBy = async (on: string) => {
    const { days } = await house.work(work => statistics.readCourse(work, id, { day }))
    return days.find(one => one.day === on)?.total ?? assert.fail(`no ${on}`)
  }
  const before = await courseBy('2023-04-18')
  const rows = brought([
    [haKhanh, '2023-02-28', '1000', '200'],
    [haKhanh, '2023-04-19', '1010', '290'],
    [haKhanh, '2023-04-20', '1010', '300'],
  ])
  const taken = await house.work(work => statistics.importOpeningBalance(work, id, rows))
  assert.deepEqual([taken.added, taken.changed, taken.rejected], [3, 0, []])
  const { whole, below } = await quick(id, { day })
  assert.deepEqual(
    [whole.members, whole.cumulative, whole.today, whole.opening],
    [
      alone.whole.members + 1010,
      alone.whole.cumulative + 300,
      alone.whole.today + 10,
      { members: 1010, cumulative: 300 },
    ],
  )
  assert.equal(whole.rate?.floorPercent, Math.floor((100 * whole.cumulative) / 2000))
  assert.equal(whole.frozen, alone.whole.frozen + 1000, 'as it began')
  const elsewhere = below.filter(({ unit }) => unit.code !== '193')
  assert.deepEqual(
    elsewhere.filter(({ opening }) => opening),
    [],
  )
  const ward = await quick(id, { day, unit: await unitOf(haKhanh) })
  assert.equal(ward.whole.opening?.cumulative, 300)
  const funnel = await house.work(work => statistics.readFunnel(work, id, { day }))
  assert.equal(funnel.members, whole.members)
  assert.equal(await courseBy(day), whole.cumulative)
  assert.equal(await courseBy('2023-04-18'), before + 200)
  const list = await house.work(work => statistics.listPeople(work, id, { day }))
  assert.equal(list.total, whole.cumulative - (whole.opening?.cumulative ?? 0), 'a list has those who are here')
  assert.equal(list.unlisted, 300, 'and says how many more the figure has')
  const stopped = funnel.ways.flatMap(({ steps }) => steps).find(({ metric }) => metric === 'account-activated')
  const listed = await house.work(work =>
    statistics.listPeople(work, id, { day, which: 'stopped', metric: 'account-activated' }),
  )
  assert.deepEqual([stopped?.listed, (stopped?.stopped ?? 0) - listed.total], [listed.total, listed.unlisted])
})

test('an opening balance is taken once, and what was known in an earlier edition stays known in it', async () => {
  const id = await create('dau-ky-lai')
  const take = (activated: string) =>
    house.work(work => statistics.importOpeningBalance(work, id, brought([[haKhanh, '2023-02-28', '500', activated]])))
  await take('100')
  const { edition, whole } = await quick(id, { day })
  assert.deepEqual(await take('100').then(({ added, changed, unchanged }) => [added, changed, unchanged]), [0, 0, 1])
  assert.deepEqual(await take('120').then(({ added, changed }) => [added, changed]), [0, 1])
  assert.equal((await quick(id, { day })).whole.cumulative, whole.cumulative + 20)
  assert.equal((await quick(id, { day, edition })).whole.cumulative, whole.cumulative)
})

test('an opening balance that cannot be is refused by its line, and nothing of the line is kept', async () => {
  const id = await create('dau-ky-sai')
  const { added, rejected } = await house.work(work =>
    statistics.importOpeningBalance(
      work,
      id,
      brought([
        [haKhanh, '2023-02-28', '10', '11'],
        ['06652', '2023-03-02', '10', '1'],
        ['193', '2023-02-28', '10', '1'],
        [haKhanh, 'hôm nay', '10', '1'],
        [haKhanh, '2023-02-28', '-3', '1'],
      ]),
    ),
  )
  assert.deepEqual(
    [added, rejected.map(({ line, reason }) => `${line} ${reason.split(':')[0]}`)],
    [0, ['2 count-above', '3 first-late', '4 unit-unknown', '5 day-malformed', '6 count-malformed']],
  )
})
