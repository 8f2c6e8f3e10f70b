import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import {
  type AnAccount,
  anActivatedAccount,
  anApprovedAccount,
  aPhone,
  aPhoneInHand,
} from '../../../test/an-account.ts'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { businessDay, openHouse } from '../../../test/house.ts'
import { asOperator } from '../../open-house.ts'
import { newToken } from '../../platform/http/cookie-tokens.ts'
import * as accounts from '../accounts.ts'
import { printSlips } from '../slips/slips.ts'
import * as activation from './activation.ts'
import { beginBySlip } from './by-slip.ts'

/** What one officer, or whoever has an officer's paper, tries with an account that its holder has opened. */

const house = await openHouse({ withUnits: true })
const inHand = aPhoneInHand(house)
const officer = await anOfficerOf(house, commune.haKhanh)
const chosenByStranger = '860291'

let places = 0
const aBrowser = (): activation.ActivationBrowser => ({
  device: newToken(),
  address: `10.21.${Math.floor(++places / 250)}.${places % 250}`,
  name: 'test',
})
const slipFor = async ({ accountId }: accounts.HolderRef) =>
  (await house.as(officer, work => printSlips(work, [accountId])))[0]?.secret ?? assert.fail('no slip')
/** Brings a slip with the holder's own number and birth date, which an officer knows; gives the attempt's token. */
async function bring(secret: string, { number, bornOn }: Pick<AnAccount, 'number' | 'bornOn'>) {
  const begun = await beginBySlip(house.openWork, {
    secret,
    number,
    bornOn: bornOn.split('-').reverse().join('/'),
    address: aBrowser().address,
  })
  return begun.outcome === 'begun' ? begun.token : undefined
}
const choose = (token: string, browser = aBrowser()) =>
  activation.choosePasscode(house.openWork, token, { passcode: chosenByStranger, browser })
const signsIn = async ({ number }: Pick<AnAccount, 'number'>, passcode: string) =>
  (await accounts.checkPasscode(house.openWork, { number }, passcode, { address: aBrowser().address })).outcome ===
  'right'
async function assertNotTaken(account: Pick<AnAccount, 'number'>, what: string) {
  assert.equal(await signsIn(account, chosenByStranger), false, `${what}: the stranger's passcode opens the account`)
}
async function tryWith(secret: string, account: AnAccount) {
  const token = await bring(secret, account)
  if (token) await choose(token)
  return token
}

test('a slip that one officer printed opens no account that its holder uses', async () => {
  const account = await anActivatedAccount(house)
  const token = await tryWith(await slipFor(account), account)
  await assertNotTaken(account, 'slip')
  assert.equal(await signsIn(account, account.passcode), true, 'the holder is shut out')
  assert.equal(await activation.showRecoveryCodes(house.openWork, token ?? ''), undefined, 'recovery codes by a slip')
})

test('a slip from before the holder activated by message opens nothing afterwards', async () => {
  const account = await anApprovedAccount(house)
  const secret = await slipFor(account)
  const browser = aBrowser()
  const { number, phone } = account
  const begun = await activation.beginActivation(house.openWork, { number, phoneEnd: phone.slice(-3), browser })
  const token = begun.outcome === 'begun' ? begun.token : assert.fail()
  const entered = await activation.enterCode(house.openWork, token, await inHand.codeTo(phone))
  const proven = entered.outcome === 'right' ? entered.token : assert.fail()
  await activation.choosePasscode(house.openWork, proven, { passcode: account.passcode, browser })
  await tryWith(secret, account)
  await assertNotTaken(account, 'slip of before')
  assert.equal(await signsIn(account, account.passcode), true)
})

test('an attempt by slip that lay open while the holder activated does not go on', async () => {
  const account = await anApprovedAccount(house)
  const waiting = (await bring(await slipFor(account), account)) ?? assert.fail()
  const hashed = await accounts.hashPasscode(account, account.passcode)
  await house.work(async work => {
    await accounts.activate(work, account.accountId)
    await accounts.keepPasscode(work, account, hashed)
  })
  await choose(waiting)
  await assertNotTaken(account, 'an attempt that lay open')
})

test('a slip by one officer opens no account that was raised and waits to be activated again', async () => {
  const account = await anActivatedAccount(house)
  await house.owner(`update accounts.account set state = 'approved', activated_at = null where id = $1`, [
    account.accountId,
  ])
  await tryWith(await slipFor(account), account)
  await assertNotTaken(account, 'a raised account')
})

test('an extract that puts an account back to approved makes no first slip of the next', async () => {
  const account = await anActivatedAccount(house)
  const rows = `person_number,level,state,phone,approved_at,activated_at\n${account.number},1,approved,,2023-04-19,\n`
  await accounts.importAccounts(house.openWork, asOperator('test'), Readable.from([Buffer.from(rows)]), {
    asOf: businessDay,
  })
  const [{ state } = { state: '' }] = await house.owner<{ state: string }>(
    'select state from accounts.account where id = $1',
    [account.accountId],
  )
  assert.equal(state, 'approved', 'the extract was taken')
  await tryWith(await slipFor(account), account)
  await assertNotTaken(account, 'an extract')
})

test('a slip by one officer opens no account that follows a cancelled one', async () => {
  const former = await anActivatedAccount(house)
  const again = await house.work(async work => {
    await accounts.cancel(work, former.accountId, { reason: 'test' })
    const { id } = await accounts.request(work, former.personId, { level: 1, phone: aPhone() })
    await accounts.approve(work, id)
    return id
  })
  await tryWith(await slipFor({ ...former, accountId: again }), former)
  await assertNotTaken(former, 'a second account')
})

test('an officer who puts their own phone on a raised account opens it by no message', async () => {
  const account = await anActivatedAccount(house)
  const theirs = aPhone()
  await house.as(officer, work =>
    accounts.changePhone(work, account.accountId, { phone: theirs, again: theirs, proof: 'card' }),
  )
  await house.owner(`update accounts.account set state = 'approved', activated_at = null where id = $1`, [
    account.accountId,
  ])
  const begun = await activation.beginActivation(house.openWork, {
    number: account.number,
    phoneEnd: theirs.slice(-3),
    browser: aBrowser(),
  })
  const token = begun.outcome === 'begun' ? begun.token : assert.fail()
  const entered = await activation.enterCode(house.openWork, token, await inHand.codeTo(theirs))
  if (entered.outcome === 'right') await choose(entered.token)
  await assertNotTaken(account, 'a message to another phone')
})
