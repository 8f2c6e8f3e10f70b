import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { makeCard } from '../../../test/a-card.ts'
import { aCardCentre } from '../../../test/a-card-centre.ts'
import { openHouse } from '../../../test/house.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { asSystem } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as cards from '../cards.ts'

/** Extracts beside what was done here: the extract is believed where it moves a card on, and never out of its end. */

const house = await openHouse({ withUnits: true })
const { ward, asWard, aPupilWith } = await aCardCentre(house)
const maintenance = { ...asSystem('import'), role: 'maintenance' as const }

type Made = Awaited<ReturnType<typeof aPupilWith>>
const numberOf = async ({ personId }: Pick<Made, 'personId'>) =>
  (await house.work(work => register.getSummary(work, personId))).number ?? ''
const importing = async (rows: readonly string[], asOf: Day = asDay('2023-04-20')) => {
  const file = ['person_number,serial,issued_on,expires_on,state', ...rows].join('\n')
  return cards.importCards(house.openWork, maintenance, Readable.from([file]), { asOf })
}
const importingHistory = async (rows: readonly string[]) => {
  const file = ['person_number,card,state,day,serial,issued_on,expires_on', ...rows].join('\n')
  return cards.importHistory(house.openWork, maintenance, Readable.from([file]))
}
const stored = async ({ cardId }: { readonly cardId: Id<'card'> }) =>
  (
    await house.owner<{ origin: string; state: string }>('select origin, state from cards.card where id = $1', [cardId])
  ).map(({ origin, state }) => `${origin} ${state}`)[0]
const endings = async (of: string) =>
  (
    await house.owner<{ code: string; day: string }>(
      'select code, revoked_on::text as day from cards.revocation where card_id = $1',
      [of],
    )
  ).map(({ code, day }) => `${code} ${day}`)

test('an extract that moves a card issued here past its state here becomes its source', async () => {
  const [applied, produced, approved] = [
    await aPupilWith('applied'),
    await aPupilWith('produced'),
    await aPupilWith('approved'),
  ]
  const batch = await asWard(work => cards.planBatch(work, { maker: 'house', most: 50 }))
  const outcome = await importing([
    `${await numberOf(applied)},E1,2023-04-18,,produced`,
    `${await numberOf(approved)},E2,2023-04-18,,handed-over`,
    `${await numberOf(produced)},${produced.serial},2023-04-20,,at-unit`,
  ])
  assert.deepEqual([outcome.changed, outcome.rejected], [3, 0])
  assert.deepEqual(await Promise.all([applied, approved, produced].map(stored)), [
    'imported produced',
    'imported handed-over',
    'issued at-unit',
  ])
  assert.equal((await asWard(work => cards.showBatch(work, batch.id))).batch.state, 'closed')
})

test('no extract and no history takes a card that was handed over here back to an earlier state', async () => {
  const card = await aPupilWith('handed-over')
  const number = await numberOf(card)
  const told = await importing([`${number},${card.serial},2023-04-20,2030-03-15,at-unit`], asDay('2023-04-25'))
  assert.deepEqual([told.reasons, told.changed], [{ 'card-handed-over': 1 }, 0])
  const sameDay = await importingHistory([`${number},${card.cardId},at-unit,2023-04-20,${card.serial},,`])
  assert.deepEqual(sameDay.reasons, {})
  assert.equal(await stored(card), 'issued handed-over')
  await importing([`${number},${card.serial},2023-04-20,2030-03-15,blocked`], asDay('2023-04-25'))
  assert.equal(await stored(card), 'issued blocked')
})

test('an application that an extract still reports as applied stays ours and can be ordered', async () => {
  const applied = await aPupilWith('applied')
  await importing([`${await numberOf(applied)},,,,applied`])
  assert.equal(await stored(applied), 'issued applied')
})

test('an extract cannot lead a card out of revoked, and an older one changes nothing', async () => {
  const card = await aPupilWith('handed-over')
  await asWard(work => cards.revokeCard(work, card.cardId, { code: 'damaged' }))
  const row = `${await numberOf(card)},${card.serial},2023-04-20,2030-03-15,handed-over`
  const later = await importing([row])
  assert.deepEqual([later.reasons, later.changed], [{ 'card-revoked': 1 }, 0])
  const older = await importing([row.replace('2023-04-20', '2023-03-30')], asDay('2023-04-01'))
  assert.deepEqual([older.rejected, older.unchanged], [0, 1])
  assert.equal(await stored(card), 'issued revoked')
  assert.deepEqual(await endings(card.cardId), ['damaged 2023-04-20'])
})

test('a card that an extract revokes gets a revocation, whether it was known or is new', async () => {
  const card = await aPupilWith('handed-over')
  const number = await numberOf(card)
  const outcome = await importing([
    `${number},${card.serial},2023-04-20,2030-03-15,revoked`,
    `${number},OLD9,2016-01-04,2020-01-01,revoked`,
  ])
  assert.deepEqual([outcome.changed, outcome.added], [1, 1])
  assert.deepEqual(await endings(card.cardId), ['told-by-extract 2023-04-20'])
  const [bare] = await house.owner<{ n: number }>(
    `select count(*)::int as n from cards.card c where c.state = 'revoked' and not exists (select
      from cards.revocation r where r.card_id = c.id)`,
  )
  assert.equal(bare?.n, 0)
})

test('an extract does not match a cancelled application: its row becomes a card of its own', async () => {
  const card = await aPupilWith('approved')
  await asWard(work => cards.cancelCard(work, card.cardId, { code: 'refused' }))
  const outcome = await importing([
    `${await numberOf(card)},E7,2023-04-18,,produced`,
    `${await numberOf(card)},E8,2023-04-18,,cancelled`,
  ])
  assert.deepEqual([outcome.added, outcome.reasons], [1, { 'state-unknown': 1 }])
  assert.equal(await stored(card), 'issued cancelled')
})

test('a history leads no card out of revoked, neither a known one nor one of the same file', async () => {
  const card = await aPupilWith('handed-over')
  await asWard(work => cards.revokeCard(work, card.cardId, { code: 'damaged' }))
  const cancelled = await aPupilWith('applied')
  await asWard(work => cards.cancelCard(work, cancelled.cardId, { code: 'refused' }))
  const [number, key] = [await numberOf(card), newId<'card'>()]
  await house.owner(`update cards.card set state_on = '2023-04-18' where id = $1`, [card.cardId])
  const outcome = await importingHistory([
    `${number},${card.cardId},handed-over,2023-04-19,${card.serial},,`,
    `${number},${card.cardId},approved,2023-04-10,${card.serial},,`,
    `${number},${key},handed-over,2022-01-05,H1,2022-01-05,`,
    `${number},${key},revoked,2022-03-05,H1,2022-01-05,`,
    `${number},${key},handed-over,2022-06-05,H1,2022-01-05,`,
    `${await numberOf(cancelled)},${cancelled.cardId},approved,2023-04-20,,,`,
  ])
  assert.deepEqual(outcome.reasons, { 'card-revoked': 2, 'card-cancelled': 1 })
  assert.deepEqual(
    [await stored(card), await stored({ cardId: key }), await stored(cancelled)],
    ['issued revoked', 'imported revoked', 'issued cancelled'],
  )
  assert.deepEqual(await endings(key), ['told-by-extract 2022-03-05'])
})

test('a history that takes a card of ours further than its order or its production becomes its source', async () => {
  const [ordered, plain] = [await aPupilWith('approved'), await aPupilWith('applied')]
  await importingHistory([
    `${await numberOf(ordered)},${ordered.cardId},produced,2023-04-20,H5,2023-04-20,`,
    `${await numberOf(plain)},${plain.cardId},approved,2023-04-20,,,`,
  ])
  assert.deepEqual([await stored(ordered), await stored(plain)], ['imported produced', 'imported approved'])
  await assert.rejects(makeCard({ openWork: house.openWork, standing: ward }, ordered.cardId))
})
