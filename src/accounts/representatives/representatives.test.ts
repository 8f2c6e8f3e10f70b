import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anImportedCard } from '../../../test/a-card.ts'
import { type AnAccount, anActivatedAccount, aPhone, aPhoneInHand, holderOf } from '../../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse, type TestHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { makeOpenWork, type OpenWork, type Work } from '../../platform/work.ts'
import * as signin from '../../signin/signin.ts'
import * as accounts from '../accounts.ts'
import { type ActivationBrowser, beginActivation, enterCode, findProgress } from '../activation/activation.ts'
import { beginBySlip } from '../activation/by-slip.ts'
import { printSlips } from '../slips/slips.ts'

/** Who acts for a child, from July 2024 (NĐ69/2024 Art. 10): by whose phone, and what is over when it is another. */

audit.setConsequences(consequences)
const real = await openHouse({ withUnits: true })
const officer = await anOfficerOf(real, commune.haKhanh)
const openWork: OpenWork = makeOpenWork(real.database, {
  beforeCommit: audit.seal,
  businessDay: () => asDay('2024-07-02'),
})
const house: TestHouse = { ...real, openWork, as: (who, verb) => openWork(who, verb) }
const desk = <T>(verb: (work: Work) => Promise<T>) => house.as(officer, verb)
const browser: ActivationBrowser = { device: 'a'.repeat(43), address: '192.0.2.7', name: 'Firefox' }

/** A grown person with an activated account of level 2, who signs in by a passcode. */
async function aParent() {
  const one = await anActivatedAccount(real, { bornOn: '1985-03-15' })
  await house.owner('update accounts.account set level = 2 where id = $1', [one.accountId])
  return one
}
async function aFamily(childBorn = '2015-04-20') {
  const [father, mother] = [await aParent(), await aParent()]
  const child = aPerson({ bornOn: childBorn, mother_number: mother.number, father_number: father.number })
  const childId = await enter(real, child)
  if (childBorn >= '2010-07-03') await anImportedCard(real, childId)
  return { father, mother, child, childId }
}
/** A child of ten whose account the father holds. */
async function aChild() {
  const { father, mother, child, childId } = await aFamily()
  const { id } = await desk(work => accounts.request(work, childId, { level: 1, representativeId: father.personId }))
  await real.work(work => accounts.approve(work, id))
  const ref = { personId: childId, accountId: id }
  const hashed = await accounts.hashPasscode(ref, '730164')
  await real.work(async work => {
    await accounts.activate(work, id)
    await accounts.keepPasscode(work, ref, hashed)
    await accounts.registerDevice(work, ref, 'the father’s', 'Firefox')
    await accounts.makeRecoveryCodes(work, ref)
    await accounts.offerTotp(work, ref)
  })
  return { father, mother, ref, number: child.person_number, bornOn: child.birth_date }
}
const rowOf = async (id: string) =>
  (await house.owner<Record<string, unknown>>('select * from accounts.account where id = $1', [id]))[0]
const abroad = (phone: string) => `+84${phone.slice(1)}`
const passes = (number: string) => accounts.checkPasscode(house.openWork, { number }, '730164', browser)

test('a change of the acting parent ends the former one’s access, and both parents are notified', async () => {
  const { father, mother, ref, number, bornOn } = await aChild()
  const [slip] = await desk(work => printSlips(work, [ref.accountId]))
  const begun = await beginActivation(house.openWork, { number, phoneEnd: father.phone.slice(-3), browser })
  assert.equal((await passes(number)).outcome, 'right')

  await desk(work => accounts.changeRepresentative(work, ref.accountId, { representativeId: mother.personId }))
  assert.equal((await passes(number)).outcome, 'wrong')
  assert.equal(await real.work(work => accounts.isKnownDevice(work, ref, 'the father’s')), false)
  const { factors, state } = await holderOf(real, ref)
  assert.deepEqual(
    [state, factors],
    ['activated', { passcode: false, totp: false, passkeys: 0, recoveryCodes: 0, phone: mother.phone.slice(-3) }],
  )
  assert.equal(
    (await beginBySlip(house.openWork, { secret: slip?.secret ?? '', number, bornOn, address: '192.0.2.8' })).outcome,
    'wrong',
  )
  assert.equal(
    begun.outcome === 'begun' ? await findProgress(house.openWork, begun.token) : 'slowed',
    undefined,
    'what was begun is over',
  )
  const left = await house.owner('select from accounts.one_time_code where account_id = $1', [ref.accountId])
  assert.equal(left.length, 0)
  assert.ok(consequences['account.representative-changed']?.includes(signin.endOnLock), 'sessions end')

  const sent = await house.owner<{ address: string }>(
    "select address from outreach.message where about_id = $1 and template = 'account-phone-changed'",
    [ref.accountId],
  )
  assert.deepEqual(sent.map(({ address }) => address).sort(), [father, mother].map(({ phone }) => abroad(phone)).sort())
})

test('the new representative takes the account into use by message, as in an activation', async () => {
  const { mother, ref, number } = await aChild()
  await desk(work => accounts.changeRepresentative(work, ref.accountId, { representativeId: mother.personId }))
  const inHand = aPhoneInHand(real)
  const begun = await beginActivation(house.openWork, { number, phoneEnd: mother.phone.slice(-3), browser })
  assert.ok(begun.outcome === 'begun')
  const given = await enterCode(house.openWork, begun.token, await inHand.codeTo(mother.phone))
  assert.ok(given.outcome === 'right')
  const where = await findProgress(house.openWork, given.token)
  assert.deepEqual([where?.step, where?.needsGuardian], ['code-right', true])
})

test('naming the current representative again changes nothing', async () => {
  const { father, ref, number } = await aChild()
  await desk(work => accounts.changeRepresentative(work, ref.accountId, { representativeId: father.personId }))
  assert.equal((await passes(number)).outcome, 'right')
  assert.equal(
    (await real.work(work => audit.deedsOf(work, ref.accountId))).some(
      ({ deed }) => deed === 'account.representative-changed',
    ),
    false,
  )
})

/** A holder of fifteen whom their mother once represented. */
async function aGrownChild(phone: (mother: AnAccount) => string) {
  const { mother, childId } = await aFamily('2009-06-01')
  const theirs = phone(mother)
  const [row] = await house.owner<{ id: Id<'account'> }>(
    `insert into accounts.account (person_id, id, level, state, phone, origin, approved_at, activated_at, state_on,
          changed_at, representative_id)
     values ($1, $2, 1, 'activated', $3, 'registered', '2024-06-01', '2024-06-02', '2024-06-02', now(), $4)
     returning id`,
    [childId, newId(), abroad(theirs), mother.personId],
  )
  return { mother, id: row?.id ?? assert.fail('no account') }
}
const dies = (personId: Id<'person'>) =>
  house.openWork({ ...officer, by: { kind: 'system', id: 'house' } }, async work => {
    await work.tx
      .updateTable('register.person')
      .set({ life_status: 'dead' })
      .where('person_id', '=', personId)
      .execute()
    await audit.record(work, 'person.died', { kind: 'person', id: personId, personId })
  })

test('an adult keeps their own phone when their former representative dies', async () => {
  const phone = aPhone()
  const { mother, id } = await aGrownChild(() => phone)
  await dies(mother.personId)
  const row = await rowOf(id)
  assert.deepEqual([row?.['phone'], row?.['state'], row?.['representative_id']], [abroad(phone), 'activated', null])
})

test('a dead representative’s phone is removed at any age; the holder gives their own at a counter', async () => {
  const { mother, id } = await aGrownChild(({ phone }) => phone)
  await dies(mother.personId)
  assert.equal((await rowOf(id))?.['phone'], null)
  const own = aPhone()
  await desk(work => accounts.changePhone(work, id, { phone: own, again: own, proof: 'card' }))
  assert.equal((await rowOf(id))?.['phone'], abroad(own))
})

test('a child’s account takes the representative’s phone only, also at a counter', async () => {
  const { father, mother, childId } = await aFamily()
  const asking = (phone: string | undefined) =>
    desk(work => accounts.request(work, childId, { level: 1, phone, representativeId: father.personId }))
  for (const phone of [aPhone(), mother.phone]) await refusal(asking(phone), 'account-phone-not-representatives')
  const { id } = await asking(father.phone)
  assert.equal((await rowOf(id))?.['phone'], abroad(father.phone))
  const other = aPhone()
  await refusal(
    desk(work => accounts.changePhone(work, id, { phone: other, again: other, proof: 'face-known' })),
    'account-phone-not-representatives',
  )
})
