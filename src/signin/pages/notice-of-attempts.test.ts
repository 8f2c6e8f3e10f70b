import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AnAccount, anActivatedAccount, aPhoneInHand, wrongCode } from '../../../test/an-account.ts'
import { openHouse } from '../../../test/house.ts'
import { type Browser, openSignIn } from '../../../test/signin-house.ts'
import * as accounts from '../../accounts/accounts.ts'
import { jobs } from '../../accounts/jobs.ts'
import { openLog } from '../../platform/log.ts'

/** A holder is told when somebody tries to get into their account, or does after a long time. */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const phoneInHand = aPhoneInHand(house)
const job = jobs(house.openWork, async () => assert.fail('no request is processed'), undefined)['notify-of-attempts']

/** Runs the notices that wait; gives how many there were. */
async function runNotices(): Promise<number> {
  const waiting = await house.owner<{ payload: Readonly<Record<string, unknown>> }>(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier = 'notify-of-attempts' returning j.payload`,
  )
  for (const { payload } of waiting) await job?.(payload, { attempt: 1, log: openLog('silent') })
  return waiting.length
}

const noticesTo = async ({ phone }: AnAccount) =>
  (await phoneInHand.textsTo(phone)).filter(text => /^Tai khoan dinh danh dien tu cua ong\/ba, ngay/.test(text))

async function giveFirstStep(browser: Browser, number: string, passcode: string) {
  const page = await browser.open('/account/sign-in?return=/citizen/x')
  return browser.send(page, { step: 'passcode', number, passcode })
}

/** The device on which the account is used. */
async function ownDevice(account: AnAccount): Promise<Browser> {
  const browser = signIn.browser()
  await browser.open('/account/sign-in')
  const token = browser.cookies.get('dinhdanh-device') ?? assert.fail('no device')
  await house.work(work => accounts.registerDevice(work, account, token, 'test'))
  return browser
}

test('a stranger’s guesses that are stopped are told to the holder, once a day however many come', async () => {
  const account = await anActivatedAccount(house)
  const stranger = signIn.browser()
  for (let tries = 0; tries < 3; tries += 1) await giveFirstStep(stranger, account.number, '111222')
  assert.equal(await runNotices(), 0, 'three may be the holder’s own mistakes')
  for (let tries = 0; tries < 3; tries += 1) await giveFirstStep(stranger, account.number, '111222')
  assert.equal(await runNotices(), 1)
  const [notice, ...more] = await noticesTo(account)
  assert.match(notice ?? '', /nhap sai ma 6 so nhieu lan tren thiet bi la va da bi chan/)
  assert.deepEqual(more, [])
  await giveFirstStep(signIn.browser(), account.number, '111222')
  await runNotices()
  assert.equal((await noticesTo(account)).length, 1)
})

test('guesses at a number of nobody queue as much as at somebody’s, and tell nobody', async () => {
  const stranger = signIn.browser()
  for (let tries = 0; tries < 4; tries += 1) await giveFirstStep(stranger, '022205987654', '111222')
  const kept = await house.owner<{ key: string }>(
    `select key from graphile_worker.jobs where task_identifier = 'notify-of-attempts'`,
  )
  assert.equal(kept.length, 1)
  assert.doesNotMatch(kept[0]?.key ?? '', /022205987654/, 'no number stands in the queue')
  assert.equal(await runNotices(), 1)
})

test('a holder who mistypes on the device of the account is told nothing', async () => {
  const account = await anActivatedAccount(house)
  const browser = await ownDevice(account)
  for (let tries = 0; tries < 5; tries += 1) await giveFirstStep(browser, account.number, '111222')
  assert.equal(await runNotices(), 0)
  assert.deepEqual(await noticesTo(account), [])
})

test('whoever knows the passcode and fails the second step on a strange device is told to the holder', async () => {
  const account = await anActivatedAccount(house)
  const thief = signIn.browser()
  const second = await giveFirstStep(thief, account.number, account.passcode)
  const code = await phoneInHand.codeTo(account.phone)
  for (let tries = 0; tries < 2; tries += 1)
    await thief.send(second, { step: 'code', way: 'sms', code: wrongCode(code) })
  const [notice, ...more] = await noticesTo(account)
  assert.match(notice ?? '', /nhap dung ma 6 so tren thiet bi la nhung sai buoc xac nhan thu hai/)
  assert.deepEqual(more, [], 'once a day')
})

test('a sign-in after half a year is told to the holder, the first and the next day’s are not', async () => {
  const account = await anActivatedAccount(house)
  const browser = await ownDevice(account)
  const enter = async () => {
    browser.cookies.delete('dinhdanh-citizen')
    await giveFirstStep(browser, account.number, account.passcode)
    assert.ok(browser.cookies.has('dinhdanh-citizen'), 'signed in')
  }
  await enter()
  await enter()
  assert.deepEqual(await noticesTo(account), [])
  await house.owner(
    `update signin.session set began_at = began_at - interval '181 days', seen_at = seen_at - interval '181 days',
        ends_at = ends_at - interval '181 days' where person_id = $1`,
    [account.personId],
  )
  await enter()
  assert.match(String(await noticesTo(account)), /dang nhap sau thoi gian dai khong dung/)
})
