import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../../src/platform/day.ts'
import type { Entry } from '../keep/session-queue.ts'
import type { Draft } from './draft.ts'
import { ownPhoneOf, sharerOf, signerLacks } from './signer-and-phone.ts'

const mother: Draft['signer'] = { kind: 'representative', name: 'Chìu Sủi Lìn', relation: 'mother' }
const account = { phone: '0912345678', again: '0912345678', agreedAt: '2024-09-03T01:00:00Z' }

test('a representative needs a number for a child’s account; otherwise name and relation', () => {
  assert.equal(signerLacks({ signer: mother, account }, true), 'representative-number-lacks')
  assert.equal(signerLacks({ signer: { ...mother, number: '12345' }, account }, true), 'representative-number-lacks')
  assert.equal(signerLacks({ signer: { ...mother, number: '022186000123' }, account }, true), undefined)
  assert.equal(signerLacks({ signer: mother, account: 'declined' }, true), undefined)
  const proved = { ...mother, evidence: 'Quyết định số 4/2023, Tòa án nhân dân thành phố Hạ Long' }
  assert.equal(signerLacks({ signer: mother, account }, false), 'guardian-evidence-lacks', 'a grown person’s mother')
  assert.equal(
    signerLacks({ signer: proved, account }, false),
    undefined,
    'who is fourteen has an account of their own',
  )
  assert.equal(signerLacks({ signer: { kind: 'representative' }, account }, true), 'representative-lacks')
  assert.equal(signerLacks({ signer: { kind: 'self' }, account }, false), undefined)
})

test('a phone serves one adult of a session; siblings may share a parent’s', () => {
  const others = [{ phone: '+84912345678' }] as unknown as readonly Entry[]
  assert.equal(sharerOf('+84912345678', others, false), others[0])
  assert.equal(sharerOf('+84912345678', others, true), undefined)
  const own = (birthDate: string) =>
    ownPhoneOf({ person: { number: '', fullName: '', birthDate, sex: 'M' }, account }, asDay('2024-09-03'))
  assert.deepEqual(
    [own('2015-02-03'), own('2010-09-03')],
    [undefined, '+84912345678'],
    'the mother gives it for herself after her child',
  )
})
