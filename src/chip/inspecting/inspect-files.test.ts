import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import 'reflect-metadata'
import { X509Certificate } from '@peculiar/x509'
import { readCertificate, readCertificateFile } from '../certificates/certificate.ts'
import { issueRevocationList, readRevocationList } from '../certificates/revocation-list.ts'
import { groupTag } from '../data-groups/files.ts'
import { Malformed, onlyElement } from '../der/read.ts'
import { element, integer, objectIdentifier, sequence, utf8Text } from '../der/write.ts'
import { makeChipFiles } from '../making/chip-files.ts'
import { readMasterList, signMasterList } from '../security-object/master-list.ts'
import { type Country, contentOf, documentSigner, makeCountry, newKey, now, portrait } from './country.test-sample.ts'
import { type FilesRead, inspectFiles } from './inspect-files.ts'
import type { Trust } from './signer-checks.ts'

let country: Country
let trust: Trust
let files: ReadonlyMap<string, Uint8Array>

const groupNumber = (name: string) => Number(/^DG(\d+)$/.exec(name)?.[1] ?? 0)
const asRead = (all: ReadonlyMap<string, Uint8Array>): FilesRead => ({
  common: all.get('EF_COM'),
  securityObject: all.get('EF_SOD'),
  cardAccess: all.get('EF_CardAccess'),
  cardSecurity: all.get('EF_CardSecurity'),
  groups: new Map([...all].flatMap(([name, file]) => (groupNumber(name) ? [[groupNumber(name), file] as const] : []))),
})
const inspect = (more: Partial<Trust> = {}, all = files) => inspectFiles(asRead(all), { ...trust, ...more })
const outcomeOf = (reading: ReturnType<typeof inspect>, check: string) =>
  reading.checks.find(one => one.check === check)

before(async () => {
  country = await makeCountry()
  trust = { anchors: [country.authority], revocationLists: [await country.listOf()], now }
  ;({ files } = await makeChipFiles(contentOf(await portrait()), country.signer))
})

test('a chip that a trusted country signed is genuine, and says what it holds', () => {
  const reading = inspect()
  assert.deepEqual(
    reading.checks.filter(({ outcome }) => outcome === 'failed'),
    [],
  )
  assert.equal(reading.isGenuine, true)
  assert.equal(reading.person?.fullName, 'Nguyễn Văn An')
  assert.deepEqual(reading.national?.parents, ['Nguyễn Văn Bình', 'Trần Thị Ca'])
  assert.equal(reading.zone?.[0], 'IDVNM2050012347022205001234<<5')
  assert.deepEqual([reading.portrait?.width, reading.portrait?.height], [60, 80])
  assert.equal(reading.authority, 'C=VN, O=Test, CN=CSCA VN')
  assert.equal(reading.signer?.algorithm, 'ECDSA prime256v1 SHA-256')
  assert.deepEqual(reading.unsignedParts, [])
})

test('a chip whose authority nobody trusts is not called wrong, and not genuine', () => {
  const reading = inspect({ anchors: [] })
  assert.equal(outcomeOf(reading, 'signer')?.outcome, 'not-done')
  assert.equal(outcomeOf(reading, 'signature')?.outcome, 'passed')
  assert.equal(reading.isGenuine, false)
})

test('a signer that bears the name of a trusted authority without its signature is wrong', async () => {
  const other = await makeCountry()
  const reading = inspect({ anchors: [other.authority] })
  assert.equal(outcomeOf(reading, 'signer')?.outcome, 'failed')
})

test('a revoked signer is found, and a list that the authority did not sign is refused', async () => {
  const { serial } = country.signer.certificate
  const revoked = inspect({ revocationLists: [await country.listOf([{ serial, at: now }])] })
  assert.deepEqual(outcomeOf(revoked, 'revocation'), {
    check: 'revocation',
    outcome: 'failed',
    detail: 'the signer is revoked',
  })
  const other = await makeCountry()
  const nobodys = inspect({ revocationLists: [await other.listOf()] })
  assert.equal(outcomeOf(nobodys, 'revocation')?.outcome, 'not-done', 'a list of a key that nobody trusts')
  const ours = { ...other.issuer, key: { ...other.issuer.key, publicKey: country.issuer.key.publicKey } }
  const days = { number: 2, at: now, next: now, revoked: [] }
  const forged = inspect({ revocationLists: [readRevocationList(await issueRevocationList(days, ours))] })
  assert.equal(outcomeOf(forged, 'revocation')?.outcome, 'failed')
})

test('a certificate of another day is told', () => {
  const reading = inspect({ now: new Date('2060-01-01T00:00:00Z') })
  assert.match(outcomeOf(reading, 'validity')?.detail ?? '', /^the certificate of the signer holds from 2026-11-03/)
})

test('who trusts an old authority comes to its new key by a link certificate', async () => {
  const next = await newKey('brainpoolP512r1')
  const link = await country.issue({ kind: 'link' }, {}, next.publicKey)
  const byNext = { name: country.issuer.name, key: next }
  const made = await makeChipFiles(contentOf(), await country.newSigner(documentSigner, 'brainpoolP256r1', byNext))
  assert.equal(inspect({}, made.files).isGenuine, false)
  assert.equal(inspect({ links: [link], revocationLists: [] }, made.files).isGenuine, true)
})

test('a trusted authority of one country cannot link a key in the name of another', async () => {
  const laos = await makeCountry({ country: 'LA' })
  const forger = await newKey('prime256v1')
  const named = { country: 'VN', commonName: 'CSCA VN' }
  const link = await laos.issue({ kind: 'link' }, named, forger.publicKey)
  const made = await makeChipFiles(
    contentOf(),
    await country.newSigner(documentSigner, 'prime256v1', { name: link.subject, key: forger }),
  )
  const anchors = [country.authority, laos.authority]
  assert.equal(inspect({ anchors, links: [link], revocationLists: [] }, made.files).isGenuine, false)
})

test('a security object alone, without a data group, proves nothing', () => {
  const object = new Map([...files].filter(([name]) => name === 'EF_SOD'))
  const reading = inspect({}, object)
  assert.equal(outcomeOf(reading, 'data-groups')?.outcome, 'not-done')
  assert.equal(reading.isGenuine, false)
})

test('an authority whose own signature is wrong is none', () => {
  const bytes = Uint8Array.from(country.authority.bytes)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  assert.equal(inspect({ anchors: [readCertificate(bytes)] }).isGenuine, false)
})

test('elements inside one another without end are refused', () => {
  let nested = utf8Text('x')
  for (let depth = 0; depth < 20_000; depth++) nested = sequence(nested)
  const group = element(groupTag(13), sequence(sequence(integer(13), nested)))
  const reading = inspect({}, new Map([...files, ['DG13', group]]))
  assert.match(outcomeOf(reading, 'person')?.detail ?? '', /inside one another/)
})

test('a master list gives its authorities to who trusts the one behind its signer', async () => {
  const listSigner = await country.newSigner({ kind: 'master-list-signer' }, 'prime256v1')
  const other = await makeCountry({ country: 'LA' })
  const list = await signMasterList([country.authority, other.authority], listSigner, country.authority, now)
  assert.equal(readMasterList(list, [country.authority]).authorities.length, 2)
  assert.throws(() => readMasterList(list, [other.authority]), /no trusted authority vouches/)
  const bySigner = await signMasterList([other.authority], country.signer, country.authority, now)
  assert.throws(() => readMasterList(bySigner, [country.authority]), /may not sign master lists/)
})

test('what is not written the one way is refused', () => {
  const certificate = country.authority.bytes
  const parts = onlyElement(certificate, 0x30).content
  const longLength = Uint8Array.from([0x30, 0x83, 0, parts.length >> 8, parts.length & 0xff, ...parts])
  const indefinite = Uint8Array.from([0x30, 0x80, ...parts, 0, 0])
  for (const [bytes, fault] of [
    [longLength, /shortest way/],
    [indefinite, /indefinite/],
    [Uint8Array.from([...certificate, 0]), /1 bytes follow/],
    [certificate.subarray(0, -1), /are there/],
    [sequence(objectIdentifier('1.2.3')), /missing|stands where/],
  ] as const)
    assert.throws(
      () => readCertificate(bytes),
      error => error instanceof Malformed && fault.test(error.message),
    )
})

test('a file in PEM has one certificate, and nothing in it that is passed over', () => {
  const pem = (inside: string) =>
    Buffer.from(`-----BEGIN CERTIFICATE-----\r\n${inside}\r\n-----END CERTIFICATE-----\n`, 'latin1')
  const inside = Buffer.from(country.authority.bytes).toString('base64')
  assert.equal(readCertificateFile(pem(inside)).serial, country.authority.serial)
  for (const wrong of [Buffer.concat([pem(inside), pem(inside)]), pem(`${inside}!`), pem(`-${inside}`)])
    assert.throws(() => readCertificateFile(wrong), /more than one certificate|not written the one way/)
})

test('another library reads a certificate of ours as we do', async () => {
  const { authority } = await makeCountry({ form: 'named' })
  const theirs = new X509Certificate(authority.bytes)
  assert.equal(theirs.serialNumber, authority.serial.toString(16))
  assert.equal(theirs.subject, 'C=VN, O=Test, CN=CSCA VN')
  assert.deepEqual([theirs.notBefore, theirs.notAfter], [authority.from, authority.to])
})

const hasOpenssl = () => {
  try {
    execFileSync('openssl', ['version'])
    return true
  } catch {
    return false
  }
}

test('OpenSSL verifies the security object and its chain', {
  skip: !hasOpenssl() && 'openssl is not here',
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dinhdanh-chip-'))
  try {
    for (const signerCurve of ['prime256v1', 'brainpoolP384r1']) {
      const own = await makeCountry({ authorityCurve: 'secp384r1', signerCurve, form: 'named' })
      const made = await makeChipFiles(contentOf(), own.signer)
      const object = onlyElement(made.files.get('EF_SOD') ?? new Uint8Array(), 0x77).content
      const at = (name: string) => join(folder, name)
      writeFileSync(at('sod.der'), object)
      // No line may be empty: OpenSSL reads no certificate with one.
      const lines =
        Buffer.from(own.authority.bytes)
          .toString('base64')
          .match(/.{1,64}/g) ?? []
      writeFileSync(at('csca.pem'), `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`)
      const verified = execFileSync(
        'openssl',
        ['cms', '-verify', '-inform', 'DER', '-in', at('sod.der'), '-CAfile', at('csca.pem'), '-purpose', 'any'],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      )
      assert.ok(verified.length > 100, signerCurve)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
