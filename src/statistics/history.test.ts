import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { before, test } from 'node:test'
import { aPerson, enterAll } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as accounts from '../accounts/accounts.ts'
import * as audit from '../audit/audit.ts'
import * as campaign from '../campaign/campaign.ts'
import * as cards from '../cards/cards.ts'
import { consequences } from '../consequences.ts'
import { asSystem } from '../platform/work.ts'
import * as statistics from './statistics.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const maintenance = { ...asSystem('import'), role: 'maintenance' as const }
const asFile = (lines: readonly string[]) => Readable.from([lines.join('\n')])
const one = aPerson({ bornOn: '2005-01-02' })
const two = aPerson({ bornOn: '2005-01-03' })
const key = (n: number) => `00000000-0000-8000-a000-00000000000${n}`
const cardMoves = [
  'person_number,card,state,day,serial,issued_on,expires_on',
  `${one.person_number},${key(1)},applied,2023-03-06,,,`,
  `${one.person_number},${key(1)},approved,2023-03-09,,,`,
  `${one.person_number},${key(1)},produced,2023-03-14,D1,2023-03-14,2030-01-02`,
  `${one.person_number},${key(1)},at-unit,2023-03-16,D1,2023-03-14,2030-01-02`,
  `${one.person_number},${key(1)},handed-over,2023-03-20,D1,2023-03-14,2030-01-02`,
  `${two.person_number},${key(2)},applied,2023-04-03,,,`,
  `022205999999,${key(3)},applied,2023-04-03,,,`,
  `${two.person_number},${key(1)},applied,2023-04-03,,,`,
]
const accountMoves = [
  'person_number,account,level,state,day,phone',
  `${one.person_number},${key(4)},2,requested,2023-03-06,`,
  `${one.person_number},${key(4)},2,approved,2023-03-10,`,
  `${one.person_number},${key(4)},2,activated,2023-04-01,`,
]
let id: campaign.CampaignId
const at = async (metric: campaign.Metric, day: string) =>
  (await house.work(work => statistics.readQuickSheet(work, id, { metric, day }))).whole.cumulative

before(async () => {
  await enterAll(house, [one, two])
  const made = await house.work(work =>
    campaign.create(work, {
      name: 'lich-su',
      title: 'Lịch sử',
      cohort: { bornIn: [2005] },
      metrics: ['card-handed-over'],
      startsOn: '2023-03-01',
    }),
  )
  id = campaign.asCampaignId(made.id)
  await statistics.recountAllDue(house.openWork)
})

test('a dry run of a history import reports what would be imported, and changes nothing', async () => {
  for (let times = 0; times < 2; times += 1) {
    const told = await cards.importHistory(house.openWork, maintenance, asFile(cardMoves.slice(0, 8)), { dryRun: true })
    assert.deepEqual([told.added, told.unchanged, told.rejected], [6, 0, 1])
    const moves = await accounts.importAccountHistory(house.openWork, maintenance, asFile(accountMoves), {
      dryRun: true,
    })
    assert.deepEqual([moves.added, moves.unchanged], [3, 0])
  }
  await statistics.recountAllDue(house.openWork)
  assert.equal(await at('card-applied', '2023-04-03'), 0)
})

test('imported transitions are counted on the day of each, and impossible rows are reported', async () => {
  const taken = await cards.importHistory(house.openWork, maintenance, asFile(cardMoves.slice(0, 8)))
  assert.deepEqual([taken.added, taken.rejected, taken.reasons], [6, 1, { 'number-unknown': 1 }])
  await accounts.importAccountHistory(house.openWork, maintenance, asFile(accountMoves))
  await statistics.recountAllDue(house.openWork)
  assert.deepEqual(
    await Promise.all(['2023-03-05', '2023-03-06', '2023-03-19', '2023-04-03'].map(day => at('card-applied', day))),
    [0, 1, 1, 2],
  )
  assert.deepEqual(
    await Promise.all(
      ['2023-03-13', '2023-03-14', '2023-03-15', '2023-03-16', '2023-03-19', '2023-03-20'].map(day =>
        at('card-returned', day),
      ),
    ),
    [0, 0, 0, 1, 1, 1],
  )
  assert.deepEqual([await at('card-handed-over', '2023-03-19'), await at('card-handed-over', '2023-03-20')], [0, 1])
  assert.deepEqual(
    [await at('account-activated-2', '2023-03-31'), await at('account-activated-2', '2023-04-01')],
    [0, 1],
  )
})

test('importing the same history again changes nothing; a card of another person is refused', async () => {
  const again = await cards.importHistory(house.openWork, maintenance, asFile(cardMoves))
  assert.deepEqual([again.added, again.reasons['card-of-another']], [0, 6])
  const same = await accounts.importAccountHistory(house.openWork, maintenance, asFile(accountMoves))
  assert.deepEqual([same.added, same.unchanged], [0, 3])
})

test('an extract of the day after the history finds each card where its last move left it', async () => {
  const file = asFile([
    'person_number,serial,issued_on,expires_on,state',
    `${one.person_number},D1,2023-03-14,2030-01-02,handed-over`,
    `${two.person_number},,,,applied`,
  ])
  const taken = await cards.importCards(house.openWork, maintenance, file)
  assert.deepEqual([taken.added, taken.changed, taken.unchanged], [0, 0, 2])
})
