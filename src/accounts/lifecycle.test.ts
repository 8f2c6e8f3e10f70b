import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import * as cards from '../cards/cards.ts'
import { asDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { builtInLaw } from '../platform/law.ts'
import type { Problem } from '../platform/problem.ts'
import type { Work } from '../platform/work.ts'
import type { PersonId } from '../register/register.ts'
import { isOfAccountAge } from './account.ts'
import * as accounts from './accounts.ts'

const house = await openHouse({ withUnits: true })
const [haKhanh, quangHanh] = [await anOfficerOf(house, commune.haKhanh), await anOfficerOf(house, commune.quangHanh)]
const sessionId = crypto.randomUUID()

const refused = (code: string) => (error: unknown) => {
  assert.equal((error as Problem).code, code)
  return true
}
const approver = await anOfficerOf(house, commune.haKhanh)
const as = <T>(verb: (work: Work) => Promise<T>) => house.as(haKhanh, verb)
/** Whoever took a request does not decide it. */
const approve = (id: Id<'account'>) => house.as(approver, work => accounts.approve(work, id))
const aPupil = (given: Parameters<typeof aPerson>[0] = {}) => enter(house, aPerson(given))
const withCard = async (given: Parameters<typeof aPerson>[0] = {}) => {
  const pupil = await aPupil(given)
  await as(work => cards.applyForCard(work, pupil, { unitId: haKhanh.unitId }))
  return pupil
}
const accountOf = async (personId: PersonId) =>
  (await house.work(work => accounts.accountsOf(work, [personId]))).get(personId) ?? []

test('each step of an account from request to activation is a deed of the unit', async () => {
  const pupil = await withCard()
  const { id } = await as(work => accounts.request(work, pupil, { level: 2, phone: '0912 345 678', sessionId }))
  const [row] = await house.owner<{ phone: string; origin: string }>(
    'select phone, origin from accounts.account where id = $1',
    [id],
  )
  assert.deepEqual(row, { phone: '+84912345678', origin: 'registered' })
  assert.ok((await approve(id)).approvedAt)
  assert.ok((await as(work => accounts.activate(work, id))).activatedAt)
  const deeds = (await house.work(work => audit.deedsOf(work, id))).reverse()
  assert.deepEqual(
    deeds.map(({ deed }) => deed),
    ['account.requested', 'account.approved', 'account.activated'],
  )
  assert.ok(deeds.every(({ unitId, personId }) => unitId === haKhanh.unitId && personId === pupil))
  assert.deepEqual(deeds[0]?.facts, { level: 2, session: sessionId })
  assert.deepEqual(deeds[2]?.facts, { level: 2, from: 'approved', device: 'own' })
})

test('level 2 requires a card or an application for one; level 1 does not', async () => {
  const pupil = await aPupil()
  await assert.rejects(
    as(work => accounts.request(work, pupil, { level: 2 })),
    refused('account-card-needed'),
  )
  assert.equal((await as(work => accounts.request(work, pupil, { level: 1 }))).state, 'requested')
})

test('a person has one account; after it is cancelled another may be requested', async () => {
  const pupil = await withCard()
  const { id } = await as(work => accounts.request(work, pupil, { level: 2 }))
  await assert.rejects(
    as(work => accounts.request(work, pupil, { level: 2 })),
    refused('account-exists'),
  )
  await assert.rejects(
    as(work => accounts.cancel(work, id, { reason: ' ' })),
    refused('account-reason-needed'),
  )
  await as(work => accounts.cancel(work, id, { reason: 'wrong phone' }))
  await as(work => accounts.request(work, pupil, { level: 2 }))
  assert.deepEqual((await accountOf(pupil)).map(({ state }) => state).sort(), ['cancelled', 'requested'])
})

test('two simultaneous requests for one person open one account', async () => {
  const pupil = await withCard()
  const both = await Promise.allSettled([1, 2].map(() => as(work => accounts.request(work, pupil, { level: 2 }))))
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
})

test('an account in use requests level 2 with a card and is approved anew by another officer', async () => {
  const pupil = await aPupil()
  const { id } = await as(work => accounts.request(work, pupil, { level: 1 }))
  await assert.rejects(
    as(work => accounts.raise(work, id)),
    refused('account-move-refused'),
    'nothing is approved yet',
  )
  await approve(id)
  await as(work => accounts.activate(work, id))
  await assert.rejects(
    as(work => accounts.raise(work, id)),
    refused('account-card-needed'),
  )
  await as(work => cards.applyForCard(work, pupil, { unitId: haKhanh.unitId }))
  await as(work => accounts.raise(work, id))
  assert.deepEqual(
    (await accountOf(pupil)).map(({ level, state }) => `${level} ${state}`),
    ['1 activated'],
  )
  await assert.rejects(
    as(work => accounts.raise(work, id)),
    refused('account-raise-open'),
  )
  await assert.rejects(
    as(work => accounts.approve(work, id)),
    refused('account-own-request'),
  )
  await approve(id)
  const [account] = await accountOf(pupil)
  assert.deepEqual([account?.level, account?.state, account?.activatedAt], [2, 'approved', undefined])
  const moves = await house.owner<{ state: string; level: number }>(
    'select state, level from accounts.transition where account_id = $1 order by id',
    [id],
  )
  assert.deepEqual(
    moves.map(({ state, level }) => `${level} ${state}`),
    ['1 requested', '1 approved', '1 activated', '2 approved'],
  )
  await assert.rejects(
    as(work => accounts.raise(work, id)),
    refused('account-move-refused'),
    'it is at level 2 already',
  )
})

test('a locked account is what it was before once it is unlocked', async () => {
  const pupil = await withCard()
  const { id } = await as(work => accounts.request(work, pupil, { level: 2 }))
  await assert.rejects(
    as(work => accounts.lock(work, id, { reason: 'asked' })),
    refused('account-move-refused'),
  )
  await approve(id)
  await as(work => accounts.activate(work, id))
  await as(work => accounts.lock(work, id, { reason: 'the holder asked' }))
  assert.equal((await as(work => accounts.unlock(work, id))).state, 'activated')
  await assert.rejects(approve(id), refused('account-move-refused'))
})

test('a child has no account in 2023; from July 2024 a child has level 1, and level 2 from age six', async () => {
  const child = await aPupil({ bornOn: '2009-04-21' })
  await assert.rejects(
    as(work => accounts.request(work, child, { level: 1 })),
    refused('account-too-young'),
  )
  const [born, after] = [asDay('2019-07-01'), asDay('2024-07-01')]
  assert.deepEqual(
    [1, 2].map(level => isOfAccountAge(born, level as 1 | 2, after, builtInLaw)),
    [true, false],
  )
  assert.equal(isOfAccountAge(born, 2, asDay('2025-07-01'), builtInLaw), true)
})

test('a request for a dead person or with an invalid phone is refused', async () => {
  const dead = await aPupil({ life_status: 'dead' })
  await assert.rejects(
    as(work => accounts.request(work, dead, { level: 1 })),
    refused('account-holder-dead'),
  )
  const pupil = await aPupil()
  await assert.rejects(
    as(work => accounts.request(work, pupil, { level: 1, phone: '12' })),
    refused('account-phone-malformed'),
  )
})

test('an officer of another district may neither request nor change an account', async () => {
  const pupil = await withCard()
  await assert.rejects(
    house.as(quangHanh, work => accounts.request(work, pupil, { level: 2 })),
    refused('person-unknown'),
  )
  const { id } = await as(work => accounts.request(work, pupil, { level: 2 }))
  await assert.rejects(
    house.as(quangHanh, work => accounts.approve(work, id)),
    refused('account-unknown'),
  )
})
