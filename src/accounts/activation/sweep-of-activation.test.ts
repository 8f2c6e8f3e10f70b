import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anActivatedAccount, anApprovedAccount, aPhoneInHand, holderOf } from '../../../test/an-account.ts'
import { openHouse } from '../../../test/house.ts'
import { newToken } from '../../platform/http/cookie-tokens.ts'
import * as accounts from '../accounts.ts'
import * as activation from './activation.ts'

/** Who knows a personal number tries the thousand ends of a phone on the page of activation. */

const house = await openHouse({ withUnits: true })
const inHand = aPhoneInHand(house)
const aBrowser = (address: string): activation.ActivationBrowser => ({ device: newToken(), address, name: 'test' })
const strangers = '203.0.113.7'
const begin = async (number: string, phoneEnd: string, browser: activation.ActivationBrowser) => {
  const begun = await activation.beginActivation(house.openWork, { number, phoneEnd, browser })
  return begun.outcome === 'begun' ? begun.token : assert.fail(begun.outcome)
}
const later = (seconds: number) =>
  house.owner(
    `update accounts.slowdown
      set free_at = free_at - make_interval(secs => $1), failed_at = failed_at - make_interval(secs => $1)`,
    [seconds],
  )
const sweep = async (number: string, phone: string) => {
  const own = Number(phone.slice(-3))
  for (const end of [own - 2, own - 1, own, own + 1])
    await begin(number, String((end + 1000) % 1000).padStart(3, '0'), aBrowser(strangers))
}

test('a sweep of the activation page keeps no holder from the code of their own sign-in', async () => {
  const account = await anActivatedAccount(house)
  await sweep(account.number, account.phone)
  const holder = await holderOf(house, account)
  const sent = await house.work(work => accounts.sendOneTimeCode(work, holder, 'sign-in', { address: '198.51.100.4' }))
  assert.equal(sent.outcome, 'sent')
  const code = await inHand.codeTo(account.phone)
  assert.equal(await accounts.checkOneTimeCode(house.openWork, holder, 'sign-in', code), 'right')
})

test('a sweep of the activation page keeps no holder from activating elsewhere', async () => {
  const account = await anApprovedAccount(house)
  await sweep(account.number, account.phone)
  const before = (await inHand.textsTo(account.phone)).length
  const token = await begin(account.number, account.phone.slice(-3), aBrowser('198.51.100.5'))
  assert.equal((await inHand.textsTo(account.phone)).length, before + 1, 'no message came to the holder')
  const entered = await activation.enterCode(house.openWork, token, await inHand.codeTo(account.phone))
  assert.equal(entered.outcome, 'right')
})

test('a code that a stranger asks for neither ends the holder’s own nor counts in another browser', async () => {
  const account = await anApprovedAccount(house)
  const [number, end] = [account.number, account.phone.slice(-3)]
  const token = await begin(number, end, aBrowser('198.51.100.6'))
  const own = await inHand.codeTo(account.phone)
  await later(120)
  const planted = await begin(number, end, aBrowser(strangers))
  const theirs = await inHand.codeTo(account.phone)
  assert.notEqual(own, theirs)
  assert.notEqual((await activation.enterCode(house.openWork, token, theirs)).outcome, 'right', 'a planted code')
  assert.notEqual((await activation.enterCode(house.openWork, planted, own)).outcome, 'right', 'a code read out')
  assert.equal((await activation.enterCode(house.openWork, token, own)).outcome, 'right')
})

test('a stranger at one place sends few messages to a phone in a day', async () => {
  const account = await anActivatedAccount(house)
  let sent = 0
  for (let at = 0; at < 23 * 4; at += 1) {
    const before = inHand.letters.length
    await begin(account.number, account.phone.slice(-3), aBrowser(strangers))
    await inHand.textsTo(account.phone)
    sent += inHand.letters.length - before
    await later(15 * 60)
  }
  assert.ok(sent > 3 && sent <= 12, `${sent} messages`)
})
