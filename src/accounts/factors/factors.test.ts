import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Secret, TOTP } from 'otpauth'
import { anAuthenticator } from '../../../test/a-passkey.ts'
import { anActivatedAccount, anApprovedAccount, aPhoneInHand, holderOf, wrongCode } from '../../../test/an-account.ts'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { newToken } from '../../platform/http/cookie-tokens.ts'
import { hashTurns } from '../../platform/limits/law.ts'
import { matchesSecret } from '../../platform/sealing/secret-hash.ts'
import type { Work } from '../../platform/work.ts'
import * as accounts from '../accounts.ts'
import { passcodeFault } from './passcode.ts'

const house = await openHouse({ withUnits: true })
const phoneInHand = aPhoneInHand(house)
const rp = { id: 'localhost', origin: 'http://localhost:8080', name: 'Định danh' }

let addresses = 0
/** An address that nobody has failed from. */
const anAddress = () => `10.${Math.floor(++addresses / 250)}.0.${addresses % 250}`
const check = (number: string, passcode: string, from: accounts.AttemptOrigin = { address: anAddress() }) =>
  accounts.checkPasscode(house.openWork, { number }, passcode, from)
/** As if so many seconds had gone by for all that is slowed. */
const wait = (seconds: number) =>
  house.owner(
    `update accounts.slowdown
      set free_at = free_at - make_interval(secs => $1), failed_at = failed_at - make_interval(secs => $1)`,
    [seconds],
  )
const send = (holder: accounts.Holder, purpose: accounts.SentPurpose, address = anAddress()) =>
  house.work(work => accounts.sendOneTimeCode(work, holder, purpose, { address }))

test('a holder is found by the number in force, with only what sign-in needs', async () => {
  const account = await anActivatedAccount(house)
  const holder = await house.work(work => accounts.findHolder(work, account.number))
  assert.deepEqual(holder, {
    personId: account.personId,
    accountId: account.accountId,
    level: 1,
    state: 'activated',
    factors: { passcode: true, totp: false, passkeys: 0, recoveryCodes: 0, phone: account.phone.slice(-3) },
  })
  for (const text of ['', 'abc', '022205999999', `${account.number}0`])
    assert.equal(await house.work(work => accounts.findHolder(work, text)), undefined, text)
  await house.work(work => accounts.cancel(work, account.accountId, { reason: 'asked' }))
  assert.equal(await house.work(work => accounts.findHolder(work, account.number)), undefined)
  const renumbered = await anActivatedAccount(house)
  await house.owner(`update register.number set state = 'cancelled' where number = $1`, [renumbered.number])
  assert.equal(
    await house.work(work => accounts.findHolder(work, renumbered.number)),
    undefined,
    'a number that was cancelled',
  )
})

test('a wrong passcode, an unknown number and an account without passcode get the same answer', async () => {
  const [account, without] = [await anActivatedAccount(house), await anApprovedAccount(house)]
  const right = await check(account.number, account.passcode)
  assert.deepEqual([right.outcome, right.outcome === 'right' && right.holder.accountId], ['right', account.accountId])
  for (const number of [account.number, without.number, '022205999999', 'no number'])
    assert.deepEqual(await check(number, '111222'), { outcome: 'wrong' }, number)
})

test('ten tries each with a known and an unknown number cannot be told apart by their time', async () => {
  const account = await anActivatedAccount(house)
  const took = async (number: string) => {
    const start = performance.now()
    await check(number, '111222')
    return performance.now() - start
  }
  const [somebody, nobody]: [number[], number[]] = [[], []]
  for (let i = 0; i < 10; i++) {
    somebody.push(await took(account.number))
    nobody.push(await took(`0222059${String(i).padStart(5, '0')}`))
    await wait(900)
  }
  const middle = (times: number[]) => times.sort((a, b) => a - b)[5] ?? 0
  const ratio = middle(somebody) / middle(nobody)
  assert.ok(ratio > 0.5 && ratio < 2, `${middle(somebody)} ms and ${middle(nobody)} ms`)
})

test('a wrong passcode is recorded with the account and without what was typed', async () => {
  const account = await anActivatedAccount(house)
  await check(account.number, '918273')
  await check('022205918273', '918273')
  const deed = await house.work(work => audit.lastDeedOn(work, account.accountId))
  assert.deepEqual([deed?.deed, deed?.facts], ['factor.refused', { factor: 'passcode' }])
  const traces = await house.owner<{ row: string }>(
    `select facts::text || subject_id as row from audit.deed where deed = 'factor.refused'`,
  )
  assert.ok(traces.some(({ row }) => row.endsWith('unknown')) && traces.every(({ row }) => !row.includes('918273')))
})

test('a guesser’s address waits longer each time; the holder’s device and other addresses do not', async () => {
  const account = await anActivatedAccount(house)
  const [device, address] = [newToken(), anAddress()]
  await house.work(work => accounts.registerDevice(work, account, device, 'test'))
  for (let i = 0; i < 3; i++) assert.equal((await check(account.number, '111222', { address })).outcome, 'wrong')
  assert.deepEqual(await check(account.number, account.passcode, { address }), { outcome: 'slowed', seconds: 2 })
  assert.equal((await check(account.number, account.passcode, { address, device })).outcome, 'right')
  assert.equal((await check(account.number, account.passcode)).outcome, 'right')
})

/** A number as people may type it, and as nobody would who does not count tries. */
const variousOf = (number: string) => [
  `${number}x`,
  number.slice(0, 11),
  number,
  `${number.slice(0, 11)}${String.fromCodePoint(0xff10 + Number(number[11]))}`,
  `${number},0`,
  `${number.slice(0, 3)}-${number.slice(3)}`,
  `${number}.00`,
  `\u200b${number}`,
  number,
]

test('guesses at a number are counted alike however it is typed, known or unknown', async () => {
  const account = await anActivatedAccount(house)
  const outcomesOf = async (number: string) => {
    const address = anAddress()
    const outcomes = []
    for (const typed of variousOf(number)) outcomes.push((await check(typed, '111222', { address })).outcome)
    return outcomes
  }
  const nobodys = await outcomesOf('022205999991')
  assert.deepEqual(await outcomesOf(account.number), nobodys)
  assert.equal(nobodys.at(-1), 'slowed')
})

test('simultaneous guesses are all counted before any is checked', async () => {
  const account = await anActivatedAccount(house)
  const address = anAddress()
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => check(account.number, '111222', { address })))
  assert.equal(outcomes.filter(({ outcome }) => outcome === 'wrong').length, 3)
})

test('guesses from many addresses slow unknown devices by 15 minutes at most, never the holder’s own', async () => {
  const account = await anActivatedAccount(house)
  const device = newToken()
  await house.work(work => accounts.registerDevice(work, account, device, 'test'))
  for (let i = 0; i < 20; i++) assert.equal((await check(account.number, '111222')).outcome, 'wrong')
  assert.equal((await check(account.number, '111222')).outcome, 'slowed')
  assert.equal((await check(account.number, account.passcode, { address: anAddress(), device })).outcome, 'right')
  for (let i = 0; i < 20; i++) {
    await wait(900)
    assert.equal(
      (await check(account.number, '111222')).outcome,
      'wrong',
      'after a quarter of an hour it is looked at again',
    )
  }
  await wait(900)
  assert.equal((await check(account.number, account.passcode)).outcome, 'right')
})

test('an address that guesses at many accounts waits for each of them', async () => {
  const address = anAddress()
  await check('022205999994', '111222', { address })
  await house.owner(
    `update accounts.slowdown set failures = 200
      where failures = 1 and failed_at = (select max(failed_at) from accounts.slowdown)`,
  )
  await check('022205999993', '111222', { address })
  assert.equal((await check('022205999992', '111222', { address })).outcome, 'slowed')
  assert.equal((await check('022205999992', '111222')).outcome, 'wrong', 'elsewhere')
})

test('an attempt turned away because the queue is too long does not count', async () => {
  const account = await anActivatedAccount(house)
  const address = anAddress()
  let isCrowded = true
  const crowd = Array.from({ length: 2 * hashTurns.line }, async () => {
    while (isCrowded) await matchesSecret(undefined, 'x').catch(() => pause(1))
  })
  let inARow = 0
  for (let i = 0; i < 300 && inARow < 6; i++) {
    const outcome = await check(account.number, account.passcode, { address }).then(
      ({ outcome: said }) => said,
      () => 'turned away',
    )
    assert.notEqual(outcome, 'slowed')
    inARow = outcome === 'turned away' ? inARow + 1 : 0
  }
  isCrowded = false
  await Promise.all(crowd)
  assert.equal(inARow, 6)
  assert.equal((await check(account.number, account.passcode, { address })).outcome, 'right')
})

test('six digits that the card, the birthday or the keyboard suggest are refused', () => {
  const about = { birthDate: { y: 2005, m: 3, d: 15 }, number: '022205001234', phone: '0912304561' }
  const of = (passcode: string) => passcodeFault(passcode, about)
  for (const digits of ['12345', '1234567', '12a456', '']) assert.equal(of(digits), 'passcode-six-digits', digits)
  for (const digits of ['777777', '121212', '123123']) assert.equal(of(digits), 'passcode-repeated', digits)
  for (const digits of ['123456', '987654', '890123', '135791']) assert.equal(of(digits), 'passcode-sequence', digits)
  for (const digits of ['150305', '031505', '152005', '200599', '991503', '050315'])
    assert.equal(of(digits), 'passcode-birth', digits)
  for (const digits of ['001234', '222050', '230456']) assert.equal(of(digits), 'passcode-number', digits)
  for (const digits of ['730164', '419057', '860291']) assert.equal(of(digits), undefined, digits)
})

test('a sent code works once, for the purpose it was sent for', async () => {
  const account = await anActivatedAccount(house)
  const holder = await holderOf(house, account)
  assert.deepEqual(await send(holder, 'sign-in'), { outcome: 'sent', again: 60 })
  const text = (await phoneInHand.textsTo(account.phone)).at(-1)
  assert.match(
    String(text),
    /^\d{6} la so de dang nhap tai khoan dinh danh dien tu, dung mot lan trong 5 phut\. Khong ai duoc hoi/,
  )
  assert.doesNotMatch(String(text), /http|dinhdanh\.example/)
  const code = await phoneInHand.codeTo(account.phone)
  assert.equal(await accounts.checkOneTimeCode(house.openWork, holder, 'step-up', code), 'over', 'another purpose')
  assert.equal(await accounts.checkOneTimeCode(house.openWork, holder, 'sign-in', wrongCode(code)), 'wrong')
  assert.equal(await accounts.checkOneTimeCode(house.openWork, holder, 'sign-in', code), 'right')
  assert.equal(await accounts.checkOneTimeCode(house.openWork, holder, 'sign-in', code), 'over', 'replayed')
})

test('of two simultaneous uses of one code, exactly one succeeds', async () => {
  const account = await anActivatedAccount(house)
  const holder = await holderOf(house, account)
  await send(holder, 'sign-in')
  const code = await phoneInHand.codeTo(account.phone)
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, () => accounts.checkOneTimeCode(house.openWork, holder, 'sign-in', code)),
  )
  assert.equal(outcomes.filter(outcome => outcome === 'right').length, 1)
})

test('a code ends after five wrong tries, after five minutes or with the next code', async () => {
  const account = await anActivatedAccount(house)
  const holder = await holderOf(house, account)
  const another = async () => {
    await wait(86_400)
    await send(holder, 'sign-in')
    return phoneInHand.codeTo(account.phone)
  }
  const tried = await another()
  const wrong = () => accounts.checkOneTimeCode(house.openWork, holder, 'sign-in', wrongCode(tried))
  assert.deepEqual(
    [await wrong(), await wrong(), await wrong(), await wrong(), await wrong()],
    ['wrong', 'wrong', 'wrong', 'wrong', 'over'],
  )
  assert.equal(await accounts.checkOneTimeCode(house.openWork, holder, 'sign-in', tried), 'over')

  const old = await another()
  await house.owner(`update accounts.one_time_code set ends_at = now() - interval '1 second' where account_id = $1`, [
    account.accountId,
  ])
  assert.equal(await accounts.checkOneTimeCode(house.openWork, holder, 'sign-in', old), 'over')

  const [former, latest] = [await another(), await another()]
  if (former !== latest)
    assert.equal(await accounts.checkOneTimeCode(house.openWork, holder, 'sign-in', former), 'wrong')
  assert.equal(await accounts.checkOneTimeCode(house.openWork, holder, 'sign-in', latest), 'right')
})

test('a phone gets codes after a proof at doubling intervals and at most twelve a day, from anywhere', async () => {
  const account = await anActivatedAccount(house)
  const holder = await holderOf(house, account)
  assert.equal((await send(holder, 'sign-in')).outcome, 'sent')
  const slowed = await send(holder, 'step-up')
  assert.ok(slowed.outcome === 'slowed' && slowed.seconds > 55 && slowed.seconds <= 60)
  let sent = 1
  for (let minutes = 0; minutes < 23 * 60; minutes += 15) {
    await wait(15 * 60)
    if ((await send(holder, 'sign-in')).outcome === 'sent') sent += 1
  }
  assert.ok(sent >= 8 && sent <= 12, `${sent} messages`)
})

test('an address that requests messages to a hundred phones has to wait', async () => {
  const address = anAddress()
  const holder = await holderOf(house, await anActivatedAccount(house))
  await send(holder, 'sign-in', address)
  await house.owner(
    `update accounts.slowdown set failures = 100, free_at = now() + interval '30 seconds'
      where failures = 1 and free_at <= now()`,
  )
  const other = await holderOf(house, await anActivatedAccount(house))
  assert.equal((await send(other, 'sign-in', address)).outcome, 'slowed')
  assert.equal((await send(other, 'sign-in')).outcome, 'sent', 'it counted for nothing')
})

test('a holder without a phone is told so', async () => {
  const holder = await holderOf(house, await anActivatedAccount(house, { phone: '' }))
  assert.deepEqual(await send(holder, 'sign-in'), { outcome: 'no-phone' })
  assert.equal(holder.factors.phone, undefined)
})

test('an authenticator app counts once its first code was entered; each code works once', async () => {
  const account = await anActivatedAccount(house)
  const { secret } = await house.work(work => accounts.offerTotp(work, account))
  const app = new TOTP({ secret: Secret.fromBase32(secret) })
  const at = (steps: number) => app.generate({ timestamp: Date.now() + steps * 30_000 })
  const first = at(-1)
  assert.equal(await accounts.checkTotp(house.openWork, account, first), 'wrong', 'not confirmed yet')
  assert.equal(await accounts.confirmTotp(house.openWork, account, first), 'right')
  assert.equal((await holderOf(house, account)).factors.totp, true)
  assert.equal(await accounts.checkTotp(house.openWork, account, first), 'wrong', 'replayed')

  const now = at(0)
  const both = await Promise.all([1, 2, 3].map(() => accounts.checkTotp(house.openWork, account, now)))
  assert.deepEqual(both.sort(), ['right', 'wrong', 'wrong'])
  assert.equal(await accounts.checkTotp(house.openWork, account, at(4)), 'wrong', 'a number of later on')
  const [row] = await house.owner<{ row: string }>('select t::text as row from accounts.totp t where account_id = $1', [
    account.accountId,
  ])
  assert.ok(row && !row.row.includes(Buffer.from(secret).toString('hex')))
})

test('an authenticator app counts until its successor is confirmed; the holder is notified of both', async () => {
  const account = await anActivatedAccount(house)
  const appOf = async () =>
    new TOTP({ secret: Secret.fromBase32((await house.work(work => accounts.offerTotp(work, account))).secret) })
  const at = (app: TOTP, steps: number) => app.generate({ timestamp: Date.now() + steps * 30_000 })
  const first = await appOf()
  assert.equal(await accounts.confirmTotp(house.openWork, account, at(first, -1)), 'right')
  const second = await appOf()
  assert.equal(await accounts.checkTotp(house.openWork, account, at(second, 0)), 'wrong', 'not confirmed yet')
  assert.equal(await accounts.checkTotp(house.openWork, account, at(first, 0)), 'right')
  assert.equal((await holderOf(house, account)).factors.totp, true)
  assert.equal(await accounts.confirmTotp(house.openWork, account, at(second, 0)), 'right')
  assert.equal(await accounts.checkTotp(house.openWork, account, at(first, 1)), 'wrong', 'its place was taken')
  assert.equal(await accounts.checkTotp(house.openWork, account, at(second, 1)), 'right')
  const [told] = await house.owner<{ count: number }>(
    `select count(*)::integer as count from outreach.message where template = 'account-changed' and about_id = $1`,
    [account.accountId],
  )
  assert.equal(told?.count, 2)
})

test('a guesser of authenticator codes has to wait', async () => {
  const account = await anActivatedAccount(house)
  const { secret } = await house.work(work => accounts.offerTotp(work, account))
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
  await accounts.confirmTotp(house.openWork, account, code)
  const guess = () => accounts.checkTotp(house.openWork, account, wrongCode(code))
  assert.deepEqual(
    [await guess(), await guess(), await guess(), await guess(), await guess()],
    ['wrong', 'wrong', 'wrong', 'wrong', 'wrong'],
  )
  assert.equal(await guess(), 'slowed')
})

test('a recovery code of sixteen characters, which was printed before, still works once', async () => {
  const account = await anActivatedAccount(house)
  await house.owner(
    `insert into accounts.recovery_code (person_id, account_id, hash, made_at)
      values ($1, $2, sha256('7K2M09QXVB4TH3ZD'), now())`,
    [account.personId, account.accountId],
  )
  const use = () => accounts.checkRecoveryCode(house.openWork, account, '7k2m-o9qx-vb4t-h3zd')
  assert.deepEqual([await use(), await use()], ['right', 'wrong'])
})

test('ten recovery codes work once each, however typed; new ones replace the former', async () => {
  const account = await anActivatedAccount(house)
  const codes = await house.work(work => accounts.makeRecoveryCodes(work, account))
  assert.equal(new Set(codes).size, 10)
  const [first = '', second = '', third = ''] = codes
  assert.equal(
    await accounts.checkRecoveryCode(
      house.openWork,
      account,
      first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'),
    ),
    'right',
  )
  assert.equal(await accounts.checkRecoveryCode(house.openWork, account, first), 'wrong', 'replayed')
  const both = await Promise.all([1, 2, 3].map(() => accounts.checkRecoveryCode(house.openWork, account, second)))
  assert.deepEqual(both.sort(), ['right', 'wrong', 'wrong'])
  assert.equal((await holderOf(house, account)).factors.recoveryCodes, 8)
  await house.work(work => accounts.makeRecoveryCodes(work, account))
  assert.equal(await accounts.checkRecoveryCode(house.openWork, account, third), 'wrong')
  const rows = await house.owner<{ row: string }>('select r::text as row from accounts.recovery_code r')
  assert.ok(rows.every(({ row }) => codes.every(code => !row.includes(code))))
})

async function withPasskey(options: Parameters<typeof anAuthenticator>[1] = {}) {
  const account = await anActivatedAccount(house)
  const authenticator = anAuthenticator(rp, options)
  const { options: asked, challenge } = await house.work(work => accounts.passkeyRegistrationOptions(work, account, rp))
  const response = authenticator.create(asked)
  const add = () => accounts.registerPasskey(house.openWork, account, { response, challenge, rp, name: 'Máy của tôi' })
  const ask = (holder?: accounts.Holder) => house.work(work => accounts.passkeySignInOptions(work, holder, rp))
  return { account, authenticator, add, ask, asked }
}

test('a passkey signs in without a number and reports whether it verified the user', async () => {
  const { account, authenticator, add, ask, asked } = await withPasskey()
  assert.deepEqual(
    [asked.authenticatorSelection?.residentKey, asked.authenticatorSelection?.userVerification, asked.attestation],
    ['required', 'required', 'none'],
  )
  assert.ok(!JSON.stringify(asked).includes(account.number))
  await add()
  const { options, challenge } = await ask()
  assert.equal(options.allowCredentials, undefined)
  const signed = await accounts.checkPasskey(house.openWork, authenticator.get(options), challenge, rp)
  assert.deepEqual([signed?.holder.accountId, signed?.userVerified], [account.accountId, true])
  assert.match((await phoneInHand.textsTo(account.phone)).at(-1) ?? '', /them mot passkey/)
})

test('no work of an officer or of the house changes the key of a passkey or the secret of an app', async () => {
  const { account, add } = await withPasskey()
  await add()
  await house.work(work => accounts.offerTotp(work, account))
  const officer = await anOfficerOf(house, commune.haKhanh)
  for (const open of [house.work, <T>(verb: (work: Work) => Promise<T>) => house.as(officer, verb)]) {
    const changed = await open(async ({ tx }) => [
      await tx
        .updateTable('accounts.passkey')
        .set({ public_key: Buffer.alloc(77) })
        .executeTakeFirst(),
      await tx.deleteFrom('accounts.passkey').executeTakeFirst(),
      await tx
        .updateTable('accounts.totp')
        .set({ sealed: Buffer.alloc(77) })
        .executeTakeFirst(),
    ])
    for (const result of changed)
      assert.equal(Number('numUpdatedRows' in result ? result.numUpdatedRows : result.numDeletedRows), 0)
  }
})

test('a challenge has 256 random bits and is no other’s', async () => {
  const { ask } = await withPasskey()
  const challenges = await Promise.all(Array.from({ length: 20 }, async () => (await ask()).options.challenge))
  assert.equal(new Set(challenges).size, 20)
  for (const challenge of challenges) assert.ok(Buffer.from(challenge, 'base64url').length >= 32, challenge)
})

test('a passkey’s answer is accepted once, for this origin and the given challenge only', async () => {
  const { account, authenticator, add, ask } = await withPasskey()
  await add()
  const holder = await holderOf(house, account)
  const { options, challenge } = await ask(holder)
  assert.equal(options.allowCredentials?.length, 1)
  const answer = authenticator.get(options)
  const twice = await Promise.all([1, 2].map(() => accounts.checkPasskey(house.openWork, answer, challenge, rp)))
  assert.equal(twice.filter(Boolean).length, 1)

  const refused = async (tamper: (asked: { challenge: string }) => unknown) => {
    const next = await ask(holder)
    return accounts.checkPasskey(house.openWork, tamper(next.options), next.challenge, rp)
  }
  assert.ok(await refused(asked => authenticator.get(asked)), 'the twin that nothing is wrong with')
  assert.equal(
    await refused(asked => authenticator.get(asked, { at: 'https://elsewhere.example' })),
    undefined,
    'another site',
  )
  assert.equal(await refused(() => authenticator.get({ challenge: 'b3RoZXI' })), undefined, 'another challenge')
  assert.equal(await refused(asked => anAuthenticator(rp).get(asked)), undefined, 'an unknown key')
  for (const nothing of [null, {}, { id: 'x' }, 'x']) assert.equal(await refused(() => nothing), undefined)
  const own = authenticator.get({ challenge: 'bWFkZS11cA' })
  assert.equal(
    await accounts.checkPasskey(house.openWork, own, 'bWFkZS11cA', rp),
    undefined,
    'a challenge that was never given out',
  )
})

test('a passkey whose counter goes back is refused as a copy; one without user verification says so', async () => {
  const { authenticator, add, ask } = await withPasskey()
  await add()
  const sign = async () => {
    const { options, challenge } = await ask()
    return accounts.checkPasskey(house.openWork, authenticator.get(options), challenge, rp)
  }
  assert.ok(await sign())
  authenticator.turnBack(2)
  assert.deepEqual([await sign(), await sign()], [undefined, undefined], 'behind, and as far as it was')
  assert.equal((await sign())?.userVerified, true)

  const silent = await withPasskey({ asksFinger: false })
  await refusal(silent.add(), 'passkey-refused')
})

test('a passkey is registered once, as an answer to a challenge of the server', async () => {
  const { add } = await withPasskey()
  await add()
  await refusal(add(), 'passkey-refused')
})

test('of a passkey’s transports the known ones are kept, whatever the browser sends', async () => {
  const sent: readonly unknown[] = ['internal', { 0: 'usb' }, ['internal', 'no-such', 7, null, {}, 'internal'], 7, '{']
  const kept: (readonly string[])[] = []
  for (const transports of sent) {
    const { account, authenticator, ask } = await withPasskey()
    const { options, challenge } = await house.work(work => accounts.passkeyRegistrationOptions(work, account, rp))
    const made = authenticator.create(options as never)
    const response = { ...made, response: { ...made.response, transports } }
    await accounts.registerPasskey(house.openWork, account, { response, challenge, rp, name: 'Máy' })
    const [key] = await house.work(work => accounts.listPasskeys(work, account))
    kept.push(key?.transports ?? [])
    assert.ok(await ask())
  }
  assert.deepEqual(kept, [[], [], ['internal'], [], []])
})

test('a holder lists passkeys and removes one, or an authenticator app; each removal is a deed', async () => {
  const { account, authenticator, add, ask } = await withPasskey()
  await add()
  const [key = assert.fail('no passkey')] = await house.work(work => accounts.listPasskeys(work, account))
  assert.deepEqual([key.name, key.transports, 'publicKey' in key], ['Máy của tôi', ['internal'], false])
  const other = await anActivatedAccount(house)
  assert.equal(await house.work(work => accounts.forgetPasskey(work, other, key.credentialId)), false, 'another’s')
  assert.equal(await house.work(work => accounts.forgetPasskey(work, account, key.credentialId)), true)
  const { options, challenge } = await ask()
  assert.equal(await accounts.checkPasskey(house.openWork, authenticator.get(options), challenge, rp), undefined)

  const { secret } = await house.work(work => accounts.offerTotp(work, account))
  await accounts.confirmTotp(house.openWork, account, new TOTP({ secret: Secret.fromBase32(secret) }).generate())
  await house.work(work => accounts.forgetTotp(work, account))
  assert.deepEqual(
    [(await holderOf(house, account)).factors.totp, (await holderOf(house, account)).factors.passkeys],
    [false, 0],
  )
  const removed = (await house.work(work => audit.deedsOf(work, account.accountId))).filter(
    ({ deed }) => deed === 'factor.removed',
  )
  assert.deepEqual(removed.map(({ facts }) => (facts as { factor: string }).factor).sort(), ['passkey', 'totp'])
})

test('an account is on one device at a time; moving it ends the former device and notifies the holder', async () => {
  const account = await anActivatedAccount(house)
  const [old, next] = [newToken(), newToken()]
  const isKnown = (device: string) => house.work(work => accounts.isKnownDevice(work, account, device))
  await house.work(work => accounts.registerDevice(work, account, old, 'Chrome'))
  await house.work(work => accounts.registerDevice(work, account, old, 'Chrome'))
  assert.deepEqual([await isKnown(old), await isKnown(next)], [true, false])
  assert.deepEqual(await phoneInHand.textsTo(account.phone), [])
  await house.work(work => accounts.registerDevice(work, account, next, 'Safari'))
  assert.deepEqual([await isKnown(old), await isKnown(next)], [false, true])
  assert.match((await phoneInHand.textsTo(account.phone)).at(-1) ?? '', /da chuyen sang thiet bi khac.*1900\.0368/)
  const devices = await house.work(work => accounts.listDevices(work, account))
  assert.deepEqual(
    devices.map(({ browser, why }) => [browser, why]),
    [
      ['Safari', null],
      ['Chrome', 'replaced'],
    ],
  )

  const racing = await Promise.allSettled(
    [1, 2, 3].map(() => house.work(work => accounts.registerDevice(work, account, newToken(), 'racing'))),
  )
  assert.ok(racing.every(({ status }) => status === 'fulfilled'))
  assert.equal(
    (await house.work(work => accounts.listDevices(work, account))).filter(({ endedAt }) => endedAt === null).length,
    1,
  )
  await house.work(work => accounts.endDevice(work, account, 'lost'))
  assert.equal(
    (await house.work(work => accounts.listDevices(work, account))).filter(({ endedAt }) => endedAt === null).length,
    0,
  )
})

test('a browser from which an officer has signed in is never a citizen’s device', async () => {
  const account = await anActivatedAccount(house)
  const device = newToken()
  const officer = await anOfficerOf(house, commune.haKhanh)
  await house.owner(
    `insert into staff.officer (id, login, full_name, unit_id, added_at) values ($1, 'can.bo', 'Cán Bộ', $2, now())`,
    [officer.by.id, officer.unitId],
  )
  await house.owner(
    'insert into staff.device_officer (device_hash, officer_id, signed_in_at) values (sha256($1::bytea), $2, now())',
    [device, officer.by.id],
  )
  await refusal(
    house.work(work => accounts.registerDevice(work, account, device, 'Chrome')),
    'account-officer-device',
  )
  assert.equal(await house.work(work => accounts.isKnownDevice(work, account, device)), false)
})

test('no work of an officer or of the house reads factors without entering the factor scope', async () => {
  const account = await anActivatedAccount(house)
  await house.work(async work => {
    await accounts.registerDevice(work, account, newToken(), 'test')
    await accounts.makeRecoveryCodes(work, account)
    await accounts.offerTotp(work, account)
  })
  const officer = await anOfficerOf(house, commune.haKhanh)
  const tables = [
    'accounts.passcode',
    'accounts.totp',
    'accounts.one_time_code',
    'accounts.recovery_code',
    'accounts.passkey',
    'accounts.passkey_lookup',
    'accounts.device',
    'accounts.slowdown',
  ] as const
  for (const table of tables) {
    const count = async (work: Work) => (await work.tx.selectFrom(table).selectAll().execute()).length
    assert.deepEqual([await house.as(officer, count), await house.work(count)], [0, 0], table)
    const after = house.work(async work => {
      await accounts.isKnownDevice(work, account, newToken())
      return count(work)
    })
    assert.equal(await after, 0, `${table}, after a verb that opened it`)
    assert.ok((await house.owner(`select from ${table}`)).length > 0, `${table} holds something`)
  }
})
