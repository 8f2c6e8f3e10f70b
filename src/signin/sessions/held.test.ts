import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCitizens } from '../../../test/a-citizen.ts'
import { aHolder } from '../../../test/a-holder.ts'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { addressOf, aParty, type Form } from '../../../test/relying-party.ts'
import type { Browser } from '../../../test/signin-house.ts'
import * as accounts from '../../accounts/accounts.ts'
import { printSlips } from '../../accounts/slips/slips.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'

/**
 * After a reset by slip whoever holds the paper has a passcode. For a time no sign-in is of level 2 or of two factors,
 * whatever was proved, and what parties were given before ends; the holder's sessions go on, in which they stop it.
 */

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const signIn = await openCitizens(house)
const party = aParty(signIn, await signIn.register({ scopes: ['profile'] }))
const officer = await anOfficerOf(house, commune.haKhanh)
const essential = (claims: object): Form => ({ claims: JSON.stringify({ id_token: claims }) })
const levelTwo = essential({ acr: { essential: true, value: 'urn:dinhdanh:acr:level2' } })
const twoFactors = essential({ auth_strength: { essential: true, value: 2 } })

type Person = Awaited<ReturnType<typeof aHolder>>

/** A reset by slip, as the pages bring it about. */
async function reset(person: Person) {
  const hashed = await accounts.hashPasscode(person, '860291')
  await house.as(officer, work => printSlips(work, [person.accountId]))
  const [slip] = await house.owner<{ id: string }>('select id from accounts.slip where account_id = $1', [
    person.accountId,
  ])
  const id = slip?.id ?? assert.fail()
  await house.owner(
    `update accounts.slip_reset set decided_by = 'another', decided_at = now(), outcome = 'approved', used_at = now(),
      held_until = now() + interval '72 hours' where slip_id = $1`,
    [id],
  )
  await house.owner('update accounts.slip set used_at = now() where id = $1', [id])
  await house.owner(`update accounts.account set held_until = now() + interval '72 hours' where id = $1`, [
    person.accountId,
  ])
  await house.work(async work => {
    await accounts.keepPasscode(work, person, hashed)
    await audit.record(
      work,
      'passcode.set',
      { kind: 'account', id: person.accountId, personId: person.personId },
      { by: 'slip', reset: true },
    )
  })
}
const titleOf = ({ text }: { text: string }) => /<h1>([^<]*)<\/h1>/.exec(text)?.[1]
const open = (browser: Browser, more: Form = {}) => browser.open(addressOf(party.authorize(party.wish(more).params)))
async function claimsFor(browser: Browser) {
  await open(browser)
  const { id_token: idToken } = await party.tokens(browser)
  return JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as {
    readonly acr: string
    readonly amr: string[]
    readonly auth_strength: number
    readonly account_level: number
  }
}

test('no sign-in is of level 2 or of two factors while an account waits after a slip', async () => {
  const person = await aHolder(house, 2)
  const browser = await signIn.signedIn(person, ['passcode', 'totp'])
  await party.consent(browser)
  assert.equal((await claimsFor(browser)).auth_strength, 2)
  await reset(person)
  const { acr, amr, auth_strength, account_level } = await claimsFor(browser)
  assert.deepEqual(
    { acr, mfa: amr.includes('mfa'), auth_strength, account_level },
    { acr: 'urn:dinhdanh:acr:level1', mfa: false, auth_strength: 1, account_level: 1 },
  )
  for (const demand of [levelTwo, twoFactors]) {
    const page = await open(browser, demand)
    assert.equal(titleOf(page), 'Tài khoản đang trong thời gian chờ')
  }
  const passkey = await signIn.signedIn(person, ['passkey'])
  assert.equal(titleOf(await open(passkey, twoFactors)), 'Tài khoản đang trong thời gian chờ')
  assert.equal(titleOf(await passkey.open('/account/sign-in?strength=2')), 'Tài khoản đang trong thời gian chờ')

  await house.owner('update accounts.account set held_until = null where id = $1', [person.accountId])
  assert.equal((await claimsFor(await signIn.signedIn(person, ['passcode', 'totp']))).acr, 'urn:dinhdanh:acr:level2')
})

test('a holder stops a slip from a session of before; one that began since then ends', async () => {
  const person = await aHolder(house, 2)
  const own = await signIn.signedIn(person, ['passcode', 'totp'])
  await own.open('/citizen/account')
  await reset(person)
  const strangers = await signIn.signedIn(person)
  assert.match((await own.open('/citizen/')).text, /Có phiếu giấy mở tài khoản/)
  const page = await own.open('/citizen/account')
  assert.match(page.text, /Passcode được đặt lại bằng phiếu giấy lúc/)
  const held = await own.send(page, { step: 'codes' })
  assert.equal(held.page?.status, 409, 'nothing new is taken, and nobody is led round in circles')
  assert.equal(titleOf(await strangers.open('/citizen/account')), 'Tài khoản và thiết bị')
  await own.send(await own.open('/citizen/account'), { step: 'slip-stop' })
  assert.equal(titleOf(await own.open('/citizen/account')), 'Tài khoản và thiết bị')
  assert.equal(titleOf(await strangers.open('/citizen/account')), 'Đăng nhập')
  assert.doesNotMatch((await own.open('/citizen/')).text, /Có phiếu giấy mở tài khoản/)
})
