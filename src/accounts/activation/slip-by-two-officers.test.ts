import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { aCard } from '../../../test/a-card.ts'
import { type AnAccount, anActivatedAccount, aPhone, aPhoneInHand, holderOf } from '../../../test/an-account.ts'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { newToken } from '../../platform/http/cookie-tokens.ts'
import type { Work } from '../../platform/work.ts'
import * as accounts from '../accounts.ts'
import { slipHoldHours } from '../law.ts'
import { approveSlip, liftHold, refuseSlip } from '../slips/approval.ts'
import { printSlips } from '../slips/slips.ts'
import { stopOwnSlips } from '../slips/stop.ts'
import * as activation from './activation.ts'
import { beginBySlip } from './by-slip.ts'
import { type ProofKind, proveOwn, sendOwnCode } from './own-proof.ts'
import { beginSlipStop, stopSlipByCode } from './stop-slip.ts'

const house = await openHouse({ withUnits: true })
const inHand = aPhoneInHand(house)
const printer = await anOfficerOf(house, commune.haKhanh)
const other = await anOfficerOf(house, commune.haKhanh)
const anew = '860291'

let places = 0
const aBrowser = (): activation.ActivationBrowser => ({
  device: newToken(),
  address: `10.22.${Math.floor(++places / 250)}.${places % 250}`,
  name: 'test',
})
const slipFor = async ({ accountId }: accounts.HolderRef) =>
  (await house.as(printer, work => printSlips(work, [accountId])))[0]?.secret ?? assert.fail('no slip')
const slipIdOf = async ({ accountId }: accounts.HolderRef) =>
  (
    await house.owner<{ id: string }>(
      'select slip_id as id from accounts.slip_reset where account_id = $1 order by printed_at desc, slip_id desc',
      [accountId],
    )
  )[0]?.id ?? assert.fail('no reset')
const decide = (deed: typeof approveSlip, account: AnAccount, by = other) =>
  slipIdOf(account).then(slip => house.as(by, (work: Work) => deed(work, account.accountId, slip)))
async function bring(secret: string, { number, bornOn }: AnAccount) {
  const begun = await beginBySlip(house.openWork, {
    secret,
    number,
    bornOn: bornOn.split('-').reverse().join('/'),
    address: aBrowser().address,
  })
  return begun.outcome === 'begun' ? begun.token : assert.fail(begun.outcome)
}
const choose = (token: string, browser = aBrowser(), passcode = anew) =>
  activation.choosePasscode(house.openWork, token, { passcode, browser })
const signsIn = async ({ number }: AnAccount, passcode: string) =>
  (await accounts.checkPasscode(house.openWork, { number }, passcode, { address: aBrowser().address })).outcome ===
  'right'
const prove = (token: string, kind: ProofKind, proof: string) =>
  proveOwn(house.openWork, token, { kind, proof, from: { address: aBrowser().address } })
/** Printed by one officer, approved by another, used. */
async function reset(account: AnAccount, browser = aBrowser()): Promise<string> {
  const secret = await slipFor(account)
  await decide(approveSlip, account)
  const token = await bring(secret, account)
  assert.deepEqual(await choose(token, browser), { outcome: 'kept' })
  return token
}
const deedsOf = async (kind: string, id: string) =>
  (await house.work(work => audit.deedsOf(work, id))).map(({ deed }) => deed).filter(deed => deed.startsWith(kind))

test('another officer approves the slip of a first, and the paper that was handed out then works', async () => {
  const account = await anActivatedAccount(house)
  const secret = await slipFor(account)
  const token = await bring(secret, account)
  assert.deepEqual(await choose(token), { outcome: 'gone' }, 'it waits')
  assert.equal((await activation.findProgress(house.openWork, token))?.needsOwn, 'with-message')
  await decide(approveSlip, account)
  assert.equal((await activation.findProgress(house.openWork, token))?.needsOwn, undefined)
  assert.deepEqual(await choose(token), { outcome: 'kept' })
  assert.equal(await signsIn(account, anew), true)
  assert.deepEqual(await deedsOf('slip', await slipIdOf(account)), ['slip.used', 'slip.approved', 'slip.printed'])
})

test('whoever printed a slip does not approve it, nor does the database let them', async () => {
  const account = await anActivatedAccount(house)
  await slipFor(account)
  await refusal(decide(approveSlip, account, printer), 'slip-own-print')
  const slip = await slipIdOf(account)
  for (const set of [
    `decided_by = printed_by, decided_at = now(), outcome = 'approved'`,
    `used_at = now(), held_until = now()`,
    `used_at = now(), held_until = now(), own_factor = 'totp', lifted_by = printed_by, lifted_at = now()`,
  ])
    await assert.rejects(
      house.owner(`update accounts.slip_reset set ${set} where slip_id = $1`, [slip]),
      /violates check constraint "(another_officer|used_by_two)/,
    )
  await decide(approveSlip, account)
  await refusal(decide(refuseSlip, account), 'slip-decided')
})

test('an officer who refuses a slip ends the paper', async () => {
  const account = await anActivatedAccount(house)
  const secret = await slipFor(account)
  const token = await bring(secret, account)
  await decide(refuseSlip, account)
  assert.deepEqual(await choose(token), { outcome: 'stopped', why: 'slip-over' })
  await refusal(decide(approveSlip, account), 'slip-decided')
  assert.equal(await signsIn(account, account.passcode), true)
})

test('an officer of another district neither sees nor approves a slip', async () => {
  const account = await anActivatedAccount(house)
  await slipFor(account)
  const stranger = await anOfficerOf(house, commune.quangHanh)
  await refusal(decide(approveSlip, account, stranger), 'account-unknown')
})

test('after a reset by slip an account takes no passkey, app, codes or phone for three days', async () => {
  const account = await anActivatedAccount(house)
  const token = await reset(account)
  const rp = { id: 'localhost', origin: 'http://localhost', name: 'test' }
  const held = (attempt: (work: Work) => Promise<unknown>) => refusal(house.work(attempt), 'account-held')
  await held(work => accounts.makeRecoveryCodes(work, account))
  await held(work => accounts.offerTotp(work, account))
  await held(work => accounts.passkeyRegistrationOptions(work, account, rp))
  const phone = aPhone()
  await refusal(
    house.as(other, work => accounts.changePhone(work, account.accountId, { phone, again: phone, proof: 'card' })),
    'account-held',
  )
  await refusal(accounts.confirmTotp(house.openWork, account, '123456'), 'account-held')
  assert.equal(await activation.showRecoveryCodes(house.openWork, token), undefined)
  const until = (await holderOf(house, account)).heldUntil?.getTime() ?? 0
  assert.ok(Math.abs(until - Date.now() - slipHoldHours * 3_600_000) < 60_000)

  await house.owner(`update accounts.account set held_until = now() - interval '1 second' where id = $1`, [
    account.accountId,
  ])
  assert.equal((await house.work(work => accounts.makeRecoveryCodes(work, account))).length, 10)
})

test('a holder who proves a factor of their own needs no second officer', async () => {
  for (const kind of ['passcode', 'recovery-code', 'totp', 'message'] as const) {
    const account = await anActivatedAccount(house)
    const codes = await house.work(work => accounts.makeRecoveryCodes(work, account))
    const { secret } = await house.work(work => accounts.offerTotp(work, account))
    const app = new TOTP({ secret: Secret.fromBase32(secret) })
    await accounts.confirmTotp(house.openWork, account, app.generate({ timestamp: Date.now() - 30_000 }))
    const token = await bring(await slipFor(account), account)
    assert.deepEqual(await prove(token, kind, '111111'), { outcome: 'wrong' }, kind)
    assert.deepEqual(await choose(token), { outcome: 'gone' }, kind)
    if (kind === 'message') await sendOwnCode(house.openWork, token, aBrowser().address)
    const proofs = {
      passcode: account.passcode,
      'recovery-code': codes[3] ?? '',
      totp: app.generate(),
      message: kind === 'message' ? await inHand.codeTo(account.phone) : '',
    }
    assert.deepEqual(await prove(token, kind, proofs[kind]), { outcome: 'right' }, kind)
    assert.deepEqual(await choose(token), { outcome: 'kept' }, kind)
    assert.ok((await holderOf(house, account)).heldUntil, 'the account waits all the same')
  }
})

test('a message to a phone that an officer put there proves nothing', async () => {
  const account = await anActivatedAccount(house)
  const theirs = aPhone()
  await house.as(printer, work =>
    accounts.changePhone(work, account.accountId, { phone: theirs, again: theirs, proof: 'card' }),
  )
  const token = await bring(await slipFor(account), account)
  assert.equal((await activation.findProgress(house.openWork, token))?.needsOwn, 'without-message')
  assert.deepEqual(await sendOwnCode(house.openWork, token, '10.9.9.9'), { outcome: 'no-phone' })
  const code = await house
    .work(async work => {
      await accounts.sendOneTimeCode(work, await holderOf(house, account), 'passcode')
      return work
    })
    .then(() => inHand.codeTo(theirs))
  assert.deepEqual(await prove(token, 'message', code), { outcome: 'wrong' })
  assert.deepEqual(await choose(token), { outcome: 'gone' })
})

test('a passcode that a slip has just set proves nothing for the next slip', async () => {
  const account = await anActivatedAccount(house)
  await reset(account)
  const token = await bring(await slipFor(account), account)
  assert.deepEqual(await prove(token, 'passcode', anew), { outcome: 'wrong' })
  assert.deepEqual(await choose(token, aBrowser(), '302918'), { outcome: 'gone' })
})

test('the holder is told of print and use on the phone of now and on that of before', async () => {
  const account = await anActivatedAccount(house)
  const theirs = aPhone()
  await house.as(printer, work =>
    accounts.changePhone(work, account.accountId, { phone: theirs, again: theirs, proof: 'card' }),
  )
  await reset(account)
  for (const phone of [account.phone, theirs]) {
    const texts = (await inHand.textsTo(phone)).filter(text => /phieu giay/.test(text))
    assert.match(texts[0] ?? '', /vua in phieu giay de dat lai ma 6 so.*1900\.0368.*muc Dung phieu/s, phone)
    assert.match(texts[1] ?? '', /da dat ma 6 so moi bang phieu giay.*muc Dung phieu/s, phone)
  }
})

const beginStop = async ({ number }: AnAccount, phone: string) => {
  const begun = await beginSlipStop(house.openWork, { number, phoneEnd: phone.slice(-3), address: aBrowser().address })
  return begun.outcome === 'begun' ? begun.token : assert.fail(begun.outcome)
}

test('a holder stops a slip by a number sent to the phone that the account had before', async () => {
  const account = await anActivatedAccount(house)
  const [device, strangers] = [aBrowser(), aBrowser()]
  await house.work(work => accounts.registerDevice(work, account, device.device, device.name))
  const theirs = aPhone()
  await house.as(printer, work =>
    accounts.changePhone(work, account.accountId, { phone: theirs, again: theirs, proof: 'card' }),
  )
  await reset(account, strangers)
  assert.equal(await signsIn(account, anew), true)
  const token = await beginStop(account, account.phone)
  assert.deepEqual(await stopSlipByCode(house.openWork, token, '000000'), { outcome: 'wrong' })
  const code = await inHand.codeTo(account.phone)
  assert.deepEqual(await stopSlipByCode(house.openWork, token, code), { outcome: 'stopped' })
  assert.equal(await signsIn(account, anew), false, 'the passcode of the slip is over')
  assert.equal(await signsIn(account, account.passcode), true, 'that of before counts again')
  assert.equal((await holderOf(house, account)).heldUntil, undefined)
  const known = (browser: activation.ActivationBrowser) =>
    house.work(work => accounts.isKnownDevice(work, account, browser.device))
  assert.deepEqual([await known(device), await known(strangers)], [true, false])
  assert.deepEqual(await stopSlipByCode(house.openWork, token, code), { outcome: 'gone' })
})

test('a holder stops a slip before it is used, and the paper opens nothing', async () => {
  const account = await anActivatedAccount(house)
  const secret = await slipFor(account)
  await decide(approveSlip, account)
  const waiting = await bring(secret, account)
  assert.equal(await house.work(work => stopOwnSlips(work, account, 'session')), true)
  assert.deepEqual(await choose(waiting), { outcome: 'stopped', why: 'slip-over' })
  assert.equal(await house.work(work => stopOwnSlips(work, account, 'session')), false, 'nothing is left to stop')
})

test('a stopped slip gives the passcode of before the first of two resets', async () => {
  const account = await anActivatedAccount(house)
  await reset(account)
  const secret = await slipFor(account)
  await decide(approveSlip, account)
  assert.deepEqual(await choose(await bring(secret, account), aBrowser(), '302918'), { outcome: 'kept' })
  await house.work(work => stopOwnSlips(work, account, 'session'))
  assert.deepEqual([await signsIn(account, '302918'), await signsIn(account, account.passcode)], [false, true])
})

test('the stop page sends nothing where nothing can be stopped or the phone is another', async () => {
  const [idle, account] = [await anActivatedAccount(house), await anActivatedAccount(house)]
  await slipFor(account)
  await inHand.textsTo(account.phone)
  const sent = inHand.letters.length
  for (const token of [
    await beginStop(idle, idle.phone),
    await beginStop(account, '0900000001'),
    await beginStop({ ...account, number: '022205999999' }, account.phone),
  ])
    assert.deepEqual(await stopSlipByCode(house.openWork, token, '123456'), { outcome: 'wrong' })
  await inHand.textsTo(account.phone)
  assert.equal(inHand.letters.length, sent)
})

test('whoever was raised by two officers and brings their own passcode waits for nothing, and is told', async () => {
  const account = await anActivatedAccount(house)
  const secret = await slipFor(account)
  const first = await bring(secret, account)
  assert.deepEqual(await choose(first), { outcome: 'gone' }, 'a slip alone opens no account in use')
  await aCard({ openWork: house.openWork, standing: printer }, account.personId, 'handed-over')
  await house.as(printer, work => accounts.raise(work, account.accountId))
  await house.as(other, work => accounts.approve(work, account.accountId))

  const token = await bring(await slipFor(account), account)
  assert.deepEqual(await choose(token), { outcome: 'gone' }, 'nor one that was raised')
  assert.deepEqual(await prove(token, 'passcode', account.passcode), { outcome: 'right' })
  assert.deepEqual(await choose(token), { outcome: 'kept' })
  assert.equal((await holderOf(house, account)).heldUntil, undefined)
  assert.equal((await house.work(work => accounts.makeRecoveryCodes(work, account))).length, 10)
  const texts = await inHand.textsTo(account.phone)
  assert.ok(
    texts.some(text => /da dat ma 6 so moi/.test(text)),
    texts.join(' | '),
  )
  await refusal(decide(approveSlip, account), 'slip-unknown')
})

test('another officer ends the waiting time with card and face; the printer and a wrong card do not', async () => {
  const account = await anActivatedAccount(house)
  const standing = await anOfficerOf(house, commune.haKhanh)
  await aCard({ openWork: house.openWork, standing }, account.personId, 'handed-over')
  const { serial = '' } =
    (await house.work(work => cards.cardsOf(work, [account.personId]))).get(account.personId)?.[0] ?? {}
  await reset(account)
  const lift = (by: typeof other, number = serial) =>
    house.as(by, work => liftHold(work, account.accountId, { serial: number }))
  await refusal(lift(printer), 'slip-own-print')
  await refusal(lift(other, 'QN0000000'), 'account-card-not-shown')
  await lift(other)
  assert.equal((await holderOf(house, account)).heldUntil, undefined)
  assert.equal((await house.work(work => accounts.makeRecoveryCodes(work, account))).length, 10)
  await refusal(lift(other), 'account-not-held')
  assert.equal(await house.work(work => stopOwnSlips(work, account, 'session')), false, 'it is nothing to stop now')
  assert.deepEqual(await deedsOf('account.hold', account.accountId), ['account.hold-lifted'])
})
