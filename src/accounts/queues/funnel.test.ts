import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AnAccount, anActivatedAccount, anApprovedAccount, aPhoneInHand } from '../../../test/an-account.ts'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { newToken } from '../../platform/http/cookie-tokens.ts'
import * as accounts from '../accounts.ts'
import * as activation from '../activation/activation.ts'
import { beginBySlip } from '../activation/by-slip.ts'
import { beginPasscodeReset } from '../activation/forgotten-passcode.ts'
import { printSlips } from '../slips/slips.ts'
import { getFunnel } from './queues.ts'

const house = await openHouse({ withUnits: true })
const inHand = aPhoneInHand(house)
const officer = await anOfficerOf(house, commune.haKhanh)

let places = 0
const aBrowser = (): activation.ActivationBrowser => ({
  device: newToken(),
  address: `10.30.0.${++places}`,
  name: 'test',
})
const begun = async (outcome: Promise<{ outcome: string; token?: string }>) =>
  (await outcome).token ?? assert.fail('not begun')
const begin = ({ number, phone }: AnAccount, phoneEnd = phone.slice(-3)) =>
  begun(activation.beginActivation(house.openWork, { number, phoneEnd, browser: aBrowser() }))
async function proven(account: AnAccount): Promise<string> {
  const given = await activation.enterCode(house.openWork, await begin(account), await inHand.codeTo(account.phone))
  return given.outcome === 'right' ? given.token : assert.fail(given.outcome)
}
const choose = (token: string) =>
  activation.choosePasscode(house.openWork, token, { passcode: '730164', browser: aBrowser() })

test('the funnel counts how far accounts come and the last obstacle of those not activated', async () => {
  const [, left, unheard, mistyped, undecided, byMessage, bySlip] = await Promise.all(
    Array.from({ length: 7 }, () => anApprovedAccount(house)),
  )
  if (!left || !unheard || !mistyped || !undecided || !byMessage || !bySlip) throw new Error('seven were made')
  await begin(left)
  await activation.noteMissingMessage(house.openWork, await begin(unheard))
  await begin(mistyped, String((Number(mistyped.phone.slice(-3)) + 1) % 1000).padStart(3, '0'))
  await proven(undecided)
  await choose(await proven(byMessage))
  const [slip] = await house.as(officer, work => printSlips(work, [bySlip.accountId]))
  const born = bySlip.bornOn.split('-').reverse().join('/')
  await choose(
    await begun(
      beginBySlip(house.openWork, {
        secret: slip?.secret ?? '',
        number: bySlip.number,
        bornOn: born,
        address: aBrowser().address,
      }),
    ),
  )
  const atASession = await anActivatedAccount(house)
  const [code = ''] = await house.work(work => accounts.makeRecoveryCodes(work, atASession))
  await begun(beginPasscodeReset(house.openWork, { number: atASession.number, code, address: aBrowser().address }))

  const { steps, web } = await house.as(officer, work => getFunnel(work, {}))
  assert.deepEqual(
    steps.map(({ step, count }) => [step, count]),
    [
      ['requested', 8],
      ['approved', 8],
      ['told', 8],
      ['activated', 3],
    ],
  )
  assert.deepEqual(
    web.steps.map(({ step, count }) => [step, count]),
    [
      ['began', 6],
      ['code-right', 3],
      ['activated', 2],
    ],
  )
  assert.deepEqual(
    new Map(web.stops.map(({ why, count }) => [why, count])),
    new Map([
      ['never-began', 1],
      ['left-at-code', 1],
      ['no-sms', 1],
      ['wrong-phone', 1],
      ['left-at-passcode', 1],
    ]),
  )
})
