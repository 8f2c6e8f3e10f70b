import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { Readable } from 'node:stream'
import { before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as cards from '../../cards/cards.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import { asId } from '../../platform/ids.ts'
import { asSystem } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import * as statistics from '../statistics.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const day = asDay('2023-04-20')
const maintenance = { ...asSystem('import'), role: 'maintenance' as const }
const asFile = (header: string, lines: readonly string[]) => Readable.from([[header, ...lines].join('\n')])
const importCards = (lines: readonly string[], asOf = day) =>
  cards.importCards(house.openWork, maintenance, asFile('person_number,serial,issued_on,expires_on,state', lines), {
    asOf,
  })
const importAccounts = (lines: readonly string[], asOf = day) =>
  accounts.importAccounts(
    house.openWork,
    maintenance,
    asFile('person_number,level,state,phone,approved_at,activated_at', lines),
    { asOf },
  )

/**
 * Forty pupils of 2005, in three communes of two districts; each third has a card, each fourth an activated account of
 * level 2.
 */
const pupils = Array.from({ length: 40 }, (_, i) =>
  aPerson({
    name: `Nguyễn Văn ${String.fromCharCode(65 + (i % 26))}`,
    bornOn: `2005-0${(i % 9) + 1}-15`,
    commune: Object.values(commune)[i % 3] ?? commune.haKhanh,
  }),
)
const numbers = pupils.map(({ person_number }) => person_number)
const keys = generateKeyPairSync('ed25519')
let id: campaign.CampaignId

const definition = {
  name: 'xuan-2023',
  title: 'Mùa xuân 2023',
  cohort: { bornIn: [2005], basis: 'permanent', lacking: [] },
  metrics: ['account-activated', 'card-handed-over'],
  startsOn: '2023-03-01',
  deadlines: [{ name: 'Thi tốt nghiệp', on: '2023-06-27', proof: 'card-in-hand' }],
  targets: [
    { unit: '22', metric: 'account-activated', value: 40 },
    { unit: '193', metric: 'account-activated', value: 27 },
  ],
}

/** A file whose last row comes only after an officer's work has ended: the work of its import began before that one. */
function fileBehind(header: string, line: string, officersWork: () => Promise<unknown>): Readable {
  return Readable.from(
    (async function* () {
      yield `${header}\n`
      // Moments are of milliseconds: the officer’s work begins in a later one.
      await setTimeout(3)
      await officersWork()
      yield `${line}\n`
    })(),
  )
}

const quick = (query: statistics.FigureParams = {}) => house.work(work => statistics.readQuickSheet(work, id, query))
const count = () => statistics.recountAllDue(house.openWork)

before(async () => {
  await enterAll(house, pupils)
  await importCards(
    numbers.filter((_, i) => i % 3 === 0).map((number, i) => `${number},S${i},2023-01-10,2030-03-15,handed-over`),
  )
  await importAccounts(
    numbers.filter((_, i) => i % 4 === 0).map(number => `${number},2,activated,,2023-03-02,2023-03-10`),
  )
  const made = await house.work(work =>
    campaign.create(work, { ...definition, cohort: { bornIn: [2005], basis: 'permanent' } }),
  )
  id = campaign.asCampaignId(made.id)
  await count()
})

test('a campaign counts its members in each unit, and what they have by a day', async () => {
  const sheet = await quick()
  assert.equal(sheet.whole.members, 40)
  assert.equal(sheet.whole.frozen, 40)
  assert.equal(sheet.whole.cumulative, 10)
  assert.equal(sheet.whole.target, 40)
  assert.deepEqual(sheet.whole.rate, { exact: 0.25, floorPercent: 25 })
  assert.equal(
    sheet.below.reduce((sum, row) => sum + row.cumulative, 0),
    10,
  )
  assert.equal((await quick({ day: '2023-03-09' })).whole.cumulative, 0)
  assert.equal((await quick({ day: '2023-03-10' })).whole.today, 10)
  assert.equal((await quick({ metric: 'card-handed-over', day: '2023-03-01' })).whole.cumulative, 14)
})

test('a deed is counted within a second or so, on its day, and the list behind the figure has the person', async () => {
  const before = await quick()
  const number = numbers[1] ?? ''
  const personId = await idOf(house, number)
  const officer = await anOfficerOf(house, '193')
  const account = await house.as(officer, work => accounts.request(work, personId, { level: 1 }))
  await house.work(work => accounts.approve(work, account.id))
  await house.as(officer, work => accounts.activate(work, account.id))
  assert.equal((await quick()).waiting, 3)
  await count()
  const after = await quick()
  assert.equal(after.waiting, 0)
  assert.equal(after.whole.today, before.whole.today + 1)
  assert.equal(after.whole.cumulative, before.whole.cumulative + 1)
  const { people, total } = await house.work(work => statistics.listPeople(work, id, { which: 'new' }))
  assert.equal(total, 1)
  assert.deepEqual(
    people.map(person => person.number),
    [number],
  )
})

test('levels sum to the whole, and a raised account leaves level 1 for level 2', async () => {
  const levels = async () => [
    (await quick({ metric: 'account-activated' })).whole.cumulative,
    (await quick({ metric: 'account-activated-1' })).whole.cumulative,
    (await quick({ metric: 'account-activated-2' })).whole.cumulative,
  ]
  assert.deepEqual(await levels(), [11, 1, 10])
})

test('every figure of every unit is the length of its list', async () => {
  for (const metric of campaign.personMetrics)
    for (const which of ['done', 'lacking', 'members', 'new'] as const) {
      const sheet = await quick({ metric })
      for (const row of [sheet.whole, ...sheet.below]) {
        const { people, total } = await house.work(work =>
          statistics.listPeople(work, id, { metric, unit: row.unit.id, which }, { limit: 1000 }),
        )
        assert.equal(
          people.filter(({ gone }) => !gone).length - people.filter(({ gone }) => gone).length,
          total,
          `${metric} ${which} ${row.unit.name}`,
        )
        const figure = {
          done: row.cumulative,
          lacking: row.members - row.cumulative,
          members: row.members,
          new: row.today,
        }[which]
        assert.equal(total, figure, `${metric} ${which} ${row.unit.name}`)
      }
    }
})

test('the province’s figure is the same on the maps of 2023, 2024 and 2025, and their units sum to it', async () => {
  const sheets = await Promise.all((['2023', '2024', '2025'] as const).map(map => quick({ map })))
  assert.deepEqual(
    sheets.map(({ below }) => below.length),
    [13, 13, 54],
  )
  for (const { whole, below, elsewhere, map } of sheets) {
    assert.equal(whole.cumulative, sheets[0]?.whole.cumulative, map)
    assert.equal(
      below.reduce((sum, row) => sum + row.cumulative, 0),
      whole.cumulative,
      map,
    )
    assert.deepEqual(elsewhere, { members: 0, cumulative: 0, today: 0 })
  }
  const merged = sheets[2]?.below.find(({ cumulative }) => cumulative > 0)
  assert.ok(merged)
  const { total } = await house.work(work => statistics.listPeople(work, id, { map: '2025', unit: merged.unit.id }))
  assert.equal(total, merged.cumulative)
})

test('a figure is refused for a unit that is not on the map, a future day or another’s unit', async () => {
  const district = await house.work(
    async work => (await units.findUnitOn(work, '193', day))?.id ?? assert.fail('no unit 193'),
  )
  await assert.rejects(quick({ unit: district, map: '2025' }), { code: 'figure-unit-gone' })
  await assert.rejects(quick({ day: '2023-04-21' }), { code: 'figure-day-unknown' })
  await assert.rejects(quick({ day: '2023-02-27' }), { code: 'figure-day-unknown' })
  const other = await anOfficerOf(house, '195')
  await assert.rejects(
    house.as(other, work => statistics.readQuickSheet(work, id, { unit: district })),
    { code: 'figure-unit-outside' },
  )
})

test('a fallen figure is explained (moved, duplicate, corrected); the published sheet stays as it was', async () => {
  const unit = await house.work(
    async work => (await units.findUnitOn(work, '193', day))?.id ?? assert.fail('no unit 193'),
  )
  const report = await house.work(work => statistics.publishReport(work, keys.privateKey, id, { unit }))
  const before = (await quick({ unit })).whole
  await enterAll(house, [
    { ...(pupils[0] as Record<string, string>), residence_unit: commune.quangHanh },
    { ...(pupils[12] as Record<string, string>), birth_date: '2003-04-15' },
  ])
  await house.work(async work =>
    campaign.recordException(work, await campaign.getCampaign(work, id), {
      personId: await idOf(house, numbers[4] ?? ''),
      kind: 'excused',
      reason: 'duplicate',
      otherId: await idOf(house, numbers[5] ?? ''),
    }),
  )
  await count()
  const difference = await house.work(work => statistics.explainDifference(work, id, { unit, since: report.edition }))
  assert.equal(difference.before, before.cumulative)
  assert.equal(difference.after, before.cumulative - 3)
  assert.deepEqual(
    difference.parts.toSorted((a, b) => (a.cause < b.cause ? -1 : 1)),
    ['corrected', 'duplicate', 'moved'].map(cause => ({ cause, gone: 1, come: 0 })),
  )
  const told = await house.work(work => statistics.compareReport(work, report.id))
  assert.equal(told.isGenuine, true)
  assert.equal(told.published.whole.cumulative, before.cumulative)
  assert.equal(told.now.whole.cumulative, before.cumulative - 3)
  assert.deepEqual(told.differences[0]?.difference, difference)
  assert.equal(
    (await quick({ unit, edition: report.edition })).whole.cumulative,
    before.cumulative,
    'as known when it was published',
  )
  const { people } = await house.work(work =>
    statistics.listDifferencePeople(work, id, { unit, since: report.edition, cause: 'moved' }),
  )
  assert.deepEqual(
    people.map(({ way }) => way),
    ['gone'],
  )
})

test('publishing the same day again is refused while nothing has changed', async () => {
  await house.work(work => statistics.publishReport(work, keys.privateKey, id, {}))
  await assert.rejects(
    house.work(work => statistics.publishReport(work, keys.privateKey, id, {})),
    { code: 'report-unchanged' },
  )
})

test('a recount from the facts finds what is counted', async () => {
  assert.deepEqual(await statistics.verifyCounts(house.openWork), [{ campaign: 'xuan-2023', differed: 0, totals: 0 }])
})

test('the recount finds, reports and repairs a total that someone spoilt', async () => {
  await house.owner('update statistics.balance set account_activated = account_activated + 3 where band = 0')
  const [found] = await statistics.verifyCounts(house.openWork)
  assert.ok(found && found.totals > 0)
  assert.deepEqual(await statistics.verifyCounts(house.openWork), [{ campaign: 'xuan-2023', differed: 0, totals: 0 }])
  const deeds = await house.work(work => audit.deedsOf(work, id))
  assert.ok(deeds.some(({ deed }) => deed === 'figures.mended'))
})

test('an import that was being read while an officer changed the same person comes after that change', async () => {
  const [number = '', figure] = [
    numbers[5],
    async (metric: campaign.PersonMetric) => (await quick({ metric })).whole.cumulative,
  ]
  const personId = await idOf(house, number)
  const [activated, handedOver] = [await figure('account-activated'), await figure('card-handed-over')]

  await accounts.importAccounts(
    house.openWork,
    maintenance,
    fileBehind(
      'person_number,level,state,phone,approved_at,activated_at',
      `${number},1,activated,,2023-04-19,2023-04-20`,
      () => house.work(work => accounts.request(work, personId, { level: 1 })),
    ),
    { asOf: day },
  )
  const unitId = (await house.work(async work => (await units.unitsOn(work, day))[0]))?.id ?? ''
  await cards.importCards(
    house.openWork,
    maintenance,
    fileBehind(
      'person_number,serial,issued_on,expires_on,state',
      `${number},S900,2023-04-10,2030-03-15,handed-over`,
      () => house.work(work => cards.applyForCard(work, personId, { unitId: asId<'unit'>(unitId) })),
    ),
    { asOf: day },
  )

  await count()
  assert.equal(await figure('account-activated'), activated + 1)
  assert.equal(await figure('card-handed-over'), handedOver + 1)
})

test('an officer’s change that waited for an import of the same person comes after that import', async () => {
  const number = numbers[7] ?? ''
  const personId = await idOf(house, number)
  const before = (await quick()).whole.cumulative

  await house.work(async work => {
    // Moments are of milliseconds: the import begins in a later one.
    await setTimeout(3)
    await importAccounts([`${number},1,approved,,2023-04-19,`])
    const account = (await accounts.accountsOf(work, [personId])).get(personId)?.[0]
    assert.ok(account)
    await accounts.activate(work, account.id)
  })

  await count()
  assert.equal((await quick()).whole.cumulative, before + 1)
})
