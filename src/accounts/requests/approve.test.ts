import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCard } from '../../../test/a-card.ts'
import { aPhone } from '../../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { makeOpenWork, type Work } from '../../platform/work.ts'
import * as accounts from '../accounts.ts'
import { findProgress } from '../activation/activation.ts'
import { beginBySlip } from '../activation/by-slip.ts'
import { printSlips } from '../slips/slips.ts'

/** What a request rested on is asked again when it is decided, and when the account is activated. */

audit.setConsequences(consequences)
const house = await openHouse({ withUnits: true })
const taker = await anOfficerOf(house, commune.haKhanh)
const approver = await anOfficerOf(house, commune.haKhanh)
const take = <T>(verb: (work: Work) => Promise<T>) => house.as(taker, verb)
const decide = <T>(verb: (work: Work) => Promise<T>) => house.as(approver, verb)

const aHolder = async () => {
  const row = aPerson()
  const holder = await enter(house, row)
  return { row, holder, card: await aCard({ openWork: house.openWork, standing: taker }, holder, 'handed-over') }
}
async function asked(level: 1 | 2 = 2, via: 'desk' | 'self' = 'desk') {
  const one = await aHolder()
  const { id } = await take(work => accounts.request(work, one.holder, { level, phone: aPhone(), via }))
  return { ...one, id }
}
const stateOf = async (id: string) =>
  (
    await house.owner<{ level: number; state: string }>('select level, state from accounts.account where id = $1', [id])
  ).map(({ level, state }) => `${level} ${state}`)[0]
const revoke = (card: Id<'card'>) => decide(work => cards.revokeCard(work, card, { code: 'damaged' }))
/** As where an extract tells of it: no deed of this card, and no consequence. */
async function revokeUnheard(card: Id<'card'>) {
  audit.setConsequences({})
  await revoke(card)
  audit.setConsequences(consequences)
}
const approve = (id: Id<'account'>) => decide(work => accounts.approve(work, id, { compared: true }))

test('level 2 is refused on a revoked card, but approved with an application for the next card', async () => {
  const { id, holder, card } = await asked()
  await revoke(card)
  await refusal(approve(id), 'account-card-needed')
  assert.equal(await stateOf(id), '2 requested')
  await take(work => cards.applyForCard(work, holder, { unitId: taker.unitId, kind: 're-issue' }))
  await approve(id)
  assert.equal(await stateOf(id), '2 approved')
})

test('a level 1 account is not raised on a card that was revoked meanwhile', async () => {
  const { id, card } = await asked(1)
  await approve(id)
  await decide(work => accounts.activate(work, id))
  await take(work => accounts.raise(work, id))
  await revokeUnheard(card)
  await refusal(approve(id), 'account-card-needed')
  assert.equal(await stateOf(id), '1 activated')
})

test('an expired card does not support level 2, neither at the request nor at its approval', async () => {
  const [waiting, late] = [await asked(), await aHolder()]
  for (const { card } of [waiting, late])
    await house.owner(`update cards.card set issued_on = '2015-04-19', expires_on = '2023-04-19' where id = $1`, [card])
  await refusal(approve(waiting.id), 'account-card-needed')
  await refusal(
    take(work => accounts.request(work, late.holder, { level: 2, phone: aPhone() })),
    'account-card-needed',
  )
})

test('a level 1 web request is approved only while the person still holds the card', async () => {
  const { id, card } = await asked(1, 'self')
  await decide(work => cards.blockCard(work, card, { code: 'lost' }))
  await refusal(approve(id), 'account-card-not-in-hand')
  assert.equal(await stateOf(id), '1 requested')
})

test('a dead person or a phone taken by another stops an approval; the batch names it and goes on', async () => {
  const [dead, other, fit, bare] = [await asked(1), await asked(1), await asked(1), await asked()]
  await house.owner(`update register.person set life_status = 'dead' where person_id = $1`, [dead.holder])
  const [{ phone } = { phone: '' }] = await house.owner<{ phone: string }>(
    'select phone from accounts.account where id = $1',
    [other.id],
  )
  const { holder } = await aHolder()
  await house.owner(
    `insert into accounts.account (person_id, id, level, state, phone, origin, state_on, changed_at)
      values ($1, gen_random_uuid(), 1, 'activated', $2, 'imported', '2023-04-20', now())`,
    [holder, phone],
  )
  await revoke(bare.card)
  const outcomes = await decide(work => accounts.approveAll(work, [dead.id, other.id, fit.id, bare.id]))
  const of = (id: string) =>
    outcomes.filter(one => one.id === id).map(one => (one.outcome === 'refused' ? one.code : one.outcome))[0]
  assert.deepEqual(
    [of(dead.id), of(other.id), of(fit.id), of(bare.id)],
    ['account-holder-dead', 'account-phone-taken', 'approved', 'account-card-needed'],
  )
  assert.deepEqual(
    [await stateOf(dead.id), await stateOf(other.id), await stateOf(fit.id)],
    ['1 requested', '1 requested', '1 approved'],
  )
})

test('an approved level 2 account is not activated once its card ended, unless no card is known', async () => {
  const { id, card, holder, row } = await asked()
  await approve(id)
  const [slip] = await take(work => printSlips(work, [id]))
  await revokeUnheard(card)
  const begun = await beginBySlip(house.openWork, {
    secret: slip?.secret ?? '',
    number: row.person_number,
    bornOn: row.birth_date,
    address: '192.0.2.1',
  })
  assert.equal(
    begun.outcome === 'begun' ? (await findProgress(house.openWork, begun.token))?.why : begun.outcome,
    'card-missing',
  )
  await refusal(
    decide(work => accounts.activate(work, id)),
    'account-card-needed',
  )
  await take(work => cards.applyForCard(work, holder, { unitId: taker.unitId, kind: 're-issue' }))
  await decide(work => accounts.activate(work, id))
  assert.equal(await stateOf(id), '2 activated')

  const stranger = await enter(house, aPerson())
  const [told] = await house.owner<{ id: Id<'account'> }>(
    `insert into accounts.account (person_id, id, level, state, origin, approved_at, state_on, changed_at)
     values ($1, gen_random_uuid(), 2, 'approved', 'imported', '2023-04-18', '2023-04-18', now()) returning id`,
    [stranger],
  )
  await decide(work => accounts.activate(work, told?.id ?? assert.fail('no account')))
})

test('in 2023 a card that expired after the approval does not keep its holder from activating', async () => {
  const { id, card } = await asked()
  await approve(id)
  await house.owner(`update cards.card set issued_on = '2015-04-21', expires_on = '2023-04-21' where id = $1`, [card])
  const on = makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay('2023-04-22') })
  await on(approver, work => accounts.activate(work, id))
  assert.equal(await stateOf(id), '2 activated')
})
