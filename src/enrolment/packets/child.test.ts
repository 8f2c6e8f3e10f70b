import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anActivatedAccount } from '../../../test/an-account.ts'
import { openHouse } from '../../../test/house.ts'
import { aFolderWithKeys, aSendingWard } from '../../../test/sending-ward.ts'
import * as accounts from '../../accounts/accounts.ts'
import { asDay } from '../../platform/day.ts'
import type { Capture } from '../capture.ts'
import { findReceiptView } from '../receipts/receipts.ts'

/** Since July 2024 a child has an account, which a parent or guardian asks for (NĐ69/2024 Art. 7, 10). */
const house = await openHouse({ day: asDay('2024-09-03'), withUnits: true })
const { keys } = await aFolderWithKeys()
const { registered, somebody, sealed, send, applicationOf } = await aSendingWard(house, keys)

type Signer = Partial<Capture['signer']>

async function aMother({ level = 2 }: { level?: 1 | 2 } = {}) {
  const mother = await anActivatedAccount(house, { name: 'Chìu Sủi Lìn', sex: 'F', bornOn: '1986-05-12' })
  await house.owner('update accounts.account set level = $2 where id = $1', [mother.accountId, level])
  return mother
}

/** Captures a child of seven, for whom somebody signs. */
async function captured(of: { readonly mother_number?: string } = {}, signer: Signer = {}) {
  const ready = await registered()
  const { id, told } = await somebody({ name: 'Tằng A Tài', bornOn: '2017-02-03', mother_name: 'Chìu Sủi Lìn', ...of })
  const { packet, capture } = await sealed(ready, {
    person: told,
    phone: '0912 777 888',
    more: {
      signer: { kind: 'representative', name: 'Chìu Sủi Lìn', relation: 'mother', unable: 'bút hỏng', ...signer },
    },
  })
  assert.equal((await send(ready, packet)).state, 'received')
  const [account] = (await house.work(work => accounts.accountsOf(work, [id]))).get(id) ?? []
  const application = await applicationOf(capture.application)
  assert.deepEqual(
    [application?.state, application?.cardId !== null],
    ['submitted', true],
    'the card goes on whatever becomes of the account',
  )
  return { id, account, application, capture }
}

test('a child’s capture signed by the mother becomes a level 2 request that she represents', async () => {
  const mother = await aMother()
  const { account, application } = await captured({ mother_number: mother.number }, { number: mother.number })
  assert.deepEqual([application?.accountProblem, account?.state, account?.level], [null, 'requested', 2])
  const [row] = await house.owner<Record<string, unknown>>(
    'select phone, representative_id from accounts.account where id = $1',
    [account?.id],
  )
  assert.deepEqual(row, { phone: `+84${mother.phone.slice(1)}`, representative_id: mother.personId })
})

test('an unfit signer does not stop packet and card; the receipt says what the account lacks', async () => {
  const [fit, weak] = [await aMother(), await aMother({ level: 1 })]
  const young = await anActivatedAccount(house, { name: 'Chìu Thị Mai', sex: 'F', bornOn: '2007-05-12' })
  await house.owner('update accounts.account set level = 2 where id = $1', [young.accountId])
  const dead = await aMother()
  await house.owner(`update register.person set life_status = 'dead' where person_id = $1`, [dead.personId])
  const why = async (mother_number: string, signer: Signer) => {
    const { application, account, capture } = await captured({ mother_number }, signer)
    const view = await house.work(work => findReceiptView(work, capture.receipt.token))
    assert.deepEqual(
      [account, view?.account, view?.accountProblem],
      [undefined, 'not-possible', application?.accountProblem],
    )
    return application?.accountProblem
  }
  assert.deepEqual(
    [
      await why(fit.number, {}),
      await why(fit.number, { number: '12345' }),
      await why(fit.number, { number: weak.number }),
      await why(weak.number, { number: weak.number }),
      await why(young.number, { number: young.number }),
      await why(dead.number, { number: dead.number }),
    ],
    [
      'account-representative-needed',
      'number-not-twelve-digits',
      'account-representative-not-kin',
      'account-representative-no-account',
      'account-representative-under-age',
      'account-representative-not-living',
    ],
  )
})

test('a receipt shows the account once it was requested elsewhere, and no missing condition any more', async () => {
  const weak = await aMother({ level: 1 })
  const { id, capture } = await captured({ mother_number: weak.number }, { number: weak.number })
  await house.owner('update accounts.account set level = 2 where id = $1', [weak.accountId])
  await house.work(work => accounts.request(work, id, { level: 2, representativeId: weak.personId }))
  const view = await house.work(work => findReceiptView(work, capture.receipt.token))
  assert.deepEqual([view?.account, view?.accountProblem], ['requested', undefined])
})
