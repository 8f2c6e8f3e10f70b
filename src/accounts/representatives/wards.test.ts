import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anImportedCard } from '../../../test/a-card.ts'
import { anActivatedAccount } from '../../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { makeOpenWork, type Work } from '../../platform/work.ts'
import { endOverGuardianships } from '../../register/guardianships/guardianships.ts'
import * as register from '../../register/register.ts'
import * as accounts from '../accounts.ts'
import * as store from '../store.ts'
import { findActor } from './representatives.ts'

/** Grown people under guardianship: who acts, from which day, and what ends with the guardianship. */

audit.setConsequences(consequences)
const house = await openHouse({ withUnits: true })
const officer = await anOfficerOf(house, commune.haKhanh)
const second = await anOfficerOf(house, commune.haKhanh)
const elsewhere = await anOfficerOf(house, commune.quangHanh)
const refusal = (step: Promise<unknown>): Promise<string> =>
  step.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )
const law2024 = asDay('2024-07-02')
const workOn = (day: string) =>
  makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day) })
const as = <T>(by: typeof officer, verb: (work: Work) => Promise<T>, day: string = law2024) => workOn(day)(by, verb)

async function aGuardian() {
  const one = await anActivatedAccount(house, { bornOn: '1970-03-15' })
  await house.owner('update accounts.account set level = 2 where id = $1', [one.accountId])
  return one
}
async function aWard(bornOn = '1995-04-20') {
  const personId = await enter(house, aPerson({ bornOn }))
  await anImportedCard(house, personId)
  return personId
}
const decision = {
  ground: 'lost-capacity',
  relation: 'mother',
  paperKind: 'court-decision',
  paper: 'Quyết định 12/2023/QĐDS-ST, TAND TP Hạ Long',
  paperOn: asDay('2023-03-01'),
  from: asDay('2023-03-15'),
} as const
const record = (ward: register.PersonId, guardianNumber: string, more: object = {}, by = officer) =>
  as(by, work => register.recordGuardianship(work, ward, { ...decision, ...more, guardianNumber }))
async function underGuardianship(more: object = {}) {
  const [guardian, ward] = [await aGuardian(), await aWard()]
  const { id } = await record(ward, guardian.number, more)
  await as(second, work => register.acceptGuardianship(work, id))
  return { guardian, ward, id }
}
const ask = (ward: register.PersonId, guardianId: Id<'person'> | undefined, day: string = law2024, phone?: string) =>
  as(officer, work => accounts.request(work, ward, { level: 2, representativeId: guardianId, phone }), day)
const actorOn = (ward: register.PersonId, day: string) => as(officer, work => findActor(work, ward, 2), day)

test('a guardian acts from the first day of a decision that a second officer accepted, to its last', async () => {
  const [guardian, ward] = [await aGuardian(), await aWard()]
  const { id } = await record(ward, guardian.number, { from: '2024-08-01', to: '2024-12-31' })
  assert.equal(await actorOn(ward, '2024-08-01'), 'holder', 'nobody has accepted it')
  assert.equal(await refusal(as(officer, work => register.acceptGuardianship(work, id))), 'second-officer-needed')
  await as(second, work => register.acceptGuardianship(work, id))
  const days = ['2024-07-31', '2024-08-01', '2024-12-31', '2025-01-01']
  assert.deepEqual(await Promise.all(days.map(day => actorOn(ward, day))), [
    'holder',
    'representative',
    'representative',
    'holder',
  ])
})

test('a ward has no account beside the guardian’s until 30 June 2024, and one of their own from 1 July', async () => {
  const { guardian, ward } = await underGuardianship()
  assert.equal(await refusal(ask(ward, guardian.personId, '2024-06-30')), 'account-ward-under-guardian')
  const account = await ask(ward, guardian.personId, '2024-07-01')
  const [row] = await house.owner<{ phone: string; representative_id: string }>(
    'select phone, representative_id from accounts.account where id = $1',
    [account.id],
  )
  assert.deepEqual(row, { phone: `+84${guardian.phone.slice(1)}`, representative_id: guardian.personId })
  await as(second, work => accounts.approve(work, account.id))
})

test('nobody but the guardian asks for a ward’s account, and with no other phone', async () => {
  const { guardian, ward } = await underGuardianship()
  const stranger = await aGuardian()
  assert.equal(await refusal(ask(ward, undefined)), 'account-representative-needed')
  assert.equal(await refusal(ask(ward, stranger.personId)), 'account-representative-not-kin')
  const own = ask(ward, guardian.personId, law2024, '0912999999')
  assert.equal(await refusal(own), 'account-phone-not-representatives')
})

test('the guardian’s own phone is not another’s because a ward’s account has it', async () => {
  const { guardian, ward } = await underGuardianship()
  const { id } = await ask(ward, guardian.personId)
  await as(second, work => accounts.approve(work, id))
  const stranger = await aGuardian()
  const isTaken = (by: register.PersonId) =>
    as(officer, work => store.isPhoneTaken(work, `+84${guardian.phone.slice(1)}`, by, 14))
  assert.deepEqual([await isTaken(guardian.personId), await isTaken(stranger.personId)], [false, true])
})

test('when the guardianship ends, so do the guardian’s phone and factors in the ward’s account', async () => {
  const { guardian, ward, id } = await underGuardianship()
  const account = await ask(ward, guardian.personId)
  const ref = { personId: ward, accountId: account.id }
  await as(second, work => accounts.approve(work, account.id))
  const hashed = await accounts.hashPasscode(ref, '730164')
  await house.work(async work => {
    await accounts.activate(work, account.id)
    await accounts.keepPasscode(work, ref, hashed)
  })
  await as(second, work => register.endGuardianship(work, id, 'court'))
  const [row] = await house.owner<Record<string, unknown>>(
    `select phone, representative_id, (select count(*)::int from accounts.passcode p where p.account_id = a.id) as codes
     from accounts.account a where id = $1`,
    [account.id],
  )
  assert.deepEqual(row, { phone: null, representative_id: null, codes: 0 })
  const deeds = (await house.work(work => audit.deedsOf(work, account.id))).map(({ deed }) => deed)
  assert.ok(deeds.includes('account.representative-lost'))
  assert.equal(await actorOn(ward, law2024), 'holder')
})

test('a guardianship is over the day after its term, and with the death of the guardian', async () => {
  const { ward } = await underGuardianship({ to: asDay('2024-07-10') })
  const clear = (day: string) => endOverGuardianships(workOn(day))
  assert.equal(await clear('2024-07-10'), 0)
  assert.equal(await clear('2024-07-11'), 1)
  const reasons = async (personId: string) =>
    (
      await house.owner<{ ended_reason: string }>(
        'select ended_reason from register.guardianship where person_id = $1',
        [personId],
      )
    ).map(one => one.ended_reason)
  assert.deepEqual(await reasons(ward), ['term'])

  const other = await underGuardianship()
  await house.work(work =>
    audit.record(work, 'person.died', {
      kind: 'person',
      id: other.guardian.personId,
      personId: other.guardian.personId,
    }),
  )
  assert.deepEqual(await reasons(other.ward), ['died'])
})

test('a child, a second guardianship, a ward as guardian, and a stranger’s ward are refused', async () => {
  const { guardian, ward } = await underGuardianship()
  const number = await house
    .owner<{ number: string }>('select number from register.number where person_id = $1', [ward])
    .then(([row]) => row?.number ?? '')
  const [child, free] = [await aWard('2010-01-01'), await aWard()]
  assert.equal(await refusal(record(child, guardian.number)), 'guardianship-ward-unfit')
  assert.equal(await refusal(record(ward, guardian.number)), 'guardianship-exists')
  assert.equal(await refusal(record(free, number)), 'guardianship-guardian-unfit')
  assert.equal(
    await refusal(record(free, guardian.number, { paperOn: asDay('2024-07-03') })),
    'guardianship-days-wrong',
  )
  assert.equal(await refusal(record(free, guardian.number, {}, elsewhere)), 'person-unknown')
})
