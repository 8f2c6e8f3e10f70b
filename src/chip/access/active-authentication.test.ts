import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { before, test } from 'node:test'
import { accessNumber } from '../../../test/software-card/made-card.ts'
import { SoftwareCard } from '../../../test/software-card/software-card.ts'
import { curveNamed } from '../keys/curves.ts'
import { readPublicKey } from '../keys/public-key.ts'
import { newEcKeyPair } from '../keys/signing-key.ts'
import { authenticateActively } from './active-authentication.ts'
import { plainLine } from './command.ts'
import { hex, scriptedChip } from './scripted-chip.test-sample.ts'

let chipAuthentication: Uint8Array

before(async () => {
  chipAuthentication = (await newEcKeyPair(curveNamed('prime256v1'))).privateKey
})

test('a chip with an RSA key signs with partial recovery, and one with another key does not pass', async () => {
  const [own, other] = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 1024 }))
  assert.ok(own && other)
  const activeAuthentication = own.privateKey.export({ type: 'pkcs8', format: 'der' })
  const card = new SoftwareCard({ files: new Map(), keys: { activeAuthentication, chipAuthentication }, accessNumber })
  const keyOf = (pair: typeof own) => readPublicKey(pair.publicKey.export({ type: 'spki', format: 'der' }))
  for (let times = 0; times < 4; times++)
    assert.equal(await authenticateActively(plainLine(card), keyOf(own), []), 'RSA 1024 bits')
  await assert.rejects(authenticateActively(plainLine(card), keyOf(other), []), /not that of its key in DG15/)
})

test('a signature over another number, or of another length, is none', async () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const key = readPublicKey(pair.publicKey.export({ type: 'spki', format: 'der' }))
  const infos = [{ kind: 'active-authentication', version: 1, signature: '0.4.0.127.0.7.1.1.4.1.3' }] as const
  const chance = { bytes: () => hex('0102030405060708'), secret: () => 1n }
  for (const answer of ['00'.repeat(64), '01'.repeat(63), '']) {
    const { connection } = scriptedChip([['0088000008 0102030405060708 00', `${answer}9000`]])
    await assert.rejects(authenticateActively(plainLine(connection), key, infos, chance), /not that of its key/)
  }
  const { connection } = scriptedChip([])
  await assert.rejects(authenticateActively(plainLine(connection), key, [], chance), /DG14 does not say how/)
})
