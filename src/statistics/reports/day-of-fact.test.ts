import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { Readable } from 'node:stream'
import { before, test } from 'node:test'
import { aPerson, enterAll } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as cards from '../../cards/cards.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import { asSystem } from '../../platform/work.ts'
import * as statistics from '../statistics.ts'
import { readOutsideFigures } from './outside-figures.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const maintenance = { ...asSystem('import'), role: 'maintenance' as const }
const people = Array.from({ length: 4 }, () => aPerson({ bornOn: '2005-03-15' }))
const [first, second, third, fourth] = people.map(({ person_number }) => person_number)
const file = (header: string, rows: readonly string[]) => Readable.from([[header, ...rows].join('\n')])
const takeAccounts = async (rows: readonly string[], asOf: string) => {
  const header = 'person_number,level,state,phone,approved_at,activated_at'
  const taken = await accounts.importAccounts(house.openWork, maintenance, file(header, rows), { asOf: asDay(asOf) })
  await statistics.recountAllDue(house.openWork)
  return taken
}
const takeCards = (rows: readonly string[], asOf: string) =>
  cards.importCards(
    house.openWork,
    maintenance,
    file('person_number,serial,issued_on,expires_on,state,state_on', rows),
    { asOf: asDay(asOf) },
  )
const key = generateKeyPairSync('ed25519').privateKey
let id: campaign.CampaignId
const by = async (day: string, metric: campaign.Metric = 'account-activated') =>
  (await house.work(work => statistics.readQuickSheet(work, id, { metric, day }))).whole.cumulative

before(async () => {
  await enterAll(house, people)
  const made = await house.work(work =>
    campaign.create(work, {
      name: 'ngay',
      title: 'Ngày của sự việc',
      cohort: { bornIn: [2005] },
      metrics: ['account-activated'],
      startsOn: '2023-03-01',
    }),
  )
  id = campaign.asCampaignId(made.id)
  await statistics.recountAllDue(house.openWork)
})

test('activated on the 10th, approved until then and reported on the 12th, counts on the 10th', async () => {
  await takeAccounts([`${first},2,approved,,2023-04-05,`], '2023-04-11')
  const sheet = await house.work(work => statistics.publishReport(work, key, id, { day: '2023-04-10' }))
  await takeAccounts([`${first},2,activated,,2023-04-05,2023-04-10`], '2023-04-12')
  assert.deepEqual([await by('2023-04-09'), await by('2023-04-10')], [0, 1])
  const { published, now, differences } = await house.work(work => statistics.compareReport(work, sheet.id))
  assert.deepEqual([published.whole.cumulative, now.whole.cumulative], [0, 1])
  assert.deepEqual(differences[0]?.difference.parts, [{ cause: 'late-report', gone: 0, come: 1 }])
})

test('a corrected day moves the fact, and the difference says that a day was corrected', async () => {
  const { number: since } = await house.work(work => campaign.lastEdition(work))
  await takeAccounts([`${first},2,activated,,2023-04-05,2023-04-11`], '2023-04-13')
  assert.deepEqual([await by('2023-04-10'), await by('2023-04-11')], [0, 1])
  const day = '2023-04-10'
  const why = await house.work(work => statistics.explainDifference(work, id, { day, which: 'done', since }))
  assert.deepEqual([why.before, why.after, why.parts], [1, 0, [{ cause: 'day-corrected', gone: 1, come: 0 }]])
})

test('what a later report takes back does not count, and the edition before still has it', async () => {
  const { number: edition } = await house.work(work => campaign.lastEdition(work))
  await takeAccounts([`${first},2,approved,,2023-04-05,`], '2023-04-14')
  const day = '2023-04-14'
  assert.equal(await by(day), 0)
  const former = await house.work(work => statistics.readQuickSheet(work, id, { day, edition }))
  assert.equal(former.whole.cumulative, 1)
  const why = await house.work(work => statistics.explainDifference(work, id, { day, which: 'done', since: edition }))
  assert.deepEqual(why.parts, [{ cause: 'taken-back', gone: 1, come: 0 }])
})

test('rows of a day after the extract’s own, before birth or before the kind began are refused by name', async () => {
  const early = await takeAccounts(
    [`${second},2,activated,,2023-04-05,2023-04-16`, `${third},2,activated,,2021-11-08,2021-11-10`],
    '2023-04-15',
  )
  assert.deepEqual([early.added, early.reasons], [0, { 'day-after-extract': 1, 'day-before-accounts': 1 }])
  const young = aPerson({ bornOn: '2020-05-05' })
  await enterAll(house, [young])
  const taken = await takeCards(
    [
      `${second},F1,2023-04-16,,handed-over,`,
      `${third},F2,2015-12-31,,handed-over,`,
      `${young.person_number},F3,2020-05-04,,produced,`,
      `${fourth},F4,2023-04-10,,handed-over,2023-04-09`,
    ],
    '2023-04-15',
  )
  const reasons = { 'state-before-issue': 1, 'day-after-extract': 1, 'day-before-cards': 1, 'day-before-birth': 1 }
  assert.deepEqual([taken.added, taken.reasons], [0, reasons])
})

test('a row activated before the known approval is refused, and the others land', async () => {
  await takeAccounts([`${third},1,approved,,2023-04-14,`], '2023-04-15')
  const taken = await takeAccounts([`${third},1,activated,,,2023-04-13`], '2023-04-16')
  assert.deepEqual(taken.reasons, { 'activated-before-approved': 1 })
})

test('a card counts as handed over since the day that the extract says, not since the extract', async () => {
  await takeCards([`${second},K1,2023-04-01,,produced,`], '2023-04-05')
  await takeCards([`${second},K1,2023-04-01,,handed-over,2023-04-08`], '2023-04-10')
  await statistics.recountAllDue(house.openWork)
  const handedOver = ['2023-04-07', '2023-04-08'].map(day => by(day, 'card-handed-over'))
  assert.deepEqual(await Promise.all(handedOver), [0, 1])
})

test('a figure from above is compared with ours of its own day, and one of a day to come is refused', async () => {
  await takeAccounts([`${fourth},2,activated,,2023-04-05,2023-04-16`], '2023-04-17')
  const rows = ['2023-04-15', '2023-04-21', '2023-01-05'].map((day, i) => ({
    line: i + 2,
    values: { unit: '22', day, metric: 'account-activated', value: '3', source: `Bộ ${i}` },
  }))
  const taken = await house.work(work => statistics.importOutside(work, rows))
  assert.deepEqual(taken.rejected, [{ line: 3, reason: 'day-to-come: 2023-04-21 is still to come' }])
  assert.equal(statistics.rowReasonInVietnamese(taken.rejected[0]?.reason ?? ''), 'ngày chưa đến')
  const { figures } = await house.work(work => readOutsideFigures(work, id, { day: '2023-04-18' }))
  assert.equal(await by('2023-04-18'), 1)
  assert.deepEqual(
    figures.map(({ day, ours, difference }) => [day, ours, difference]),
    [
      ['2023-04-15', 0, 3],
      ['2023-01-05', null, null],
    ],
  )
})
