import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import sharp from 'sharp'
import { element, integer, octets, sequence } from '../../chip/der/write.ts'
import { type Country, contentOf, makeCountry, now, portrait } from '../../chip/inspecting/country.test-sample.ts'
import { digestAlgorithm, digestOf } from '../../chip/keys/signature.ts'
import { makeChipFiles } from '../../chip/making/chip-files.ts'
import { objectIds } from '../../chip/object-ids.ts'
import { signData } from '../../chip/security-object/signed-data.ts'
import { WrongUsage } from '../../platform/terminal.ts'
import { flipBits, type GivenChip, readingOf, saidOf } from './flipped-bits.test-sample.ts'
import { foreignObject, hasOpenssl } from './foreign-object.test-sample.ts'

let country: Country
let given: GivenChip

before(async () => {
  country = await makeCountry({ form: 'named' })
  const { files } = await makeChipFiles(contentOf(await portrait()), country.signer, now)
  const beside = new Map([
    ['ds.cer', country.signer.certificate.bytes],
    ['crl.crl', (await country.listOf()).bytes],
  ])
  given = { files, beside, authority: country.authority.bytes, now }
})

const withFile = (name: string, file: Uint8Array): GivenChip => ({
  ...given,
  files: new Map([...given.files, [name, file]]),
})
const fileOf = (name: string) => given.files.get(name) ?? new Uint8Array()
const detailOf = (chip: GivenChip, check: string) => readingOf(chip).checks.find(one => one.check === check)?.detail

function isGenuine(chip: GivenChip): boolean {
  try {
    return readingOf(chip).isGenuine
  } catch (error) {
    if (error instanceof WrongUsage) return false
    throw error
  }
}

/** Every byte of what is not signed at all, fewer of the rest: `bench/chip-bits/chip-bits.ts` flips every bit. */
const strides: Readonly<Record<string, number>> = { EF_SOD: 2, EF_COM: 1, EF_CardAccess: 1 }
const chosen = (file: string, at: number) =>
  at % (strides[file] ?? (file.startsWith('DG') ? 11 : 4)) === 0 ? [(at + Math.trunc(at / 8)) % 8] : []

test('a flipped bit of any file changes what card inspect says', () => {
  assert.equal(isGenuine(given), true)
  const { count, unseen, unsigned } = flipBits(given, chosen)
  assert.ok(count > 1000, `${count} bits were flipped`)
  assert.deepEqual(unseen, [])
  assert.equal(unsigned, 0, 'a chip of ours has no byte that nothing signs')
})

test('a flipped bit of what OpenSSL signed is told, or lies in a part that is named as unsigned', {
  skip: !hasOpenssl() && 'openssl is not here',
}, async () => {
  let inUnsignedParts = 0
  for (const kind of ['rsa', 'rsa-pss', 'ecdsa'] as const) {
    const { file, certificate } = await foreignObject(country, fileOf('EF_SOD'), kind)
    const foreign = { ...withFile('EF_SOD', file), beside: new Map([...given.beside, ['ds.cer', certificate.bytes]]) }
    const { isGenuine: isTrusted, unsignedParts } = readingOf(foreign)
    assert.equal(isTrusted, true, kind)
    const named = unsignedParts.map(({ part }) => part)
    assert.deepEqual(
      named.filter(part => part !== 'name of the algorithm of the signature'),
      ['further certificate', 'unsigned attributes'],
    )
    const { unseen, unsigned } = flipBits(foreign, (name, at) =>
      name === 'EF_SOD' && at % 16 === 0 ? [(at >> 4) % 8] : [],
    )
    assert.deepEqual(unseen, [], kind)
    inUnsignedParts += unsigned
  }
  assert.ok(inUnsignedParts > 0, 'the parts that are named are those that nothing signs')
})

test('versions that an old security object does not sign, and access without DG14, are named as unsigned', async () => {
  const digests = [...given.files].flatMap(([name, file]) =>
    name.startsWith('DG') && name !== 'DG14'
      ? [sequence(integer(Number(name.slice(2))), octets(digestOf('sha256', file)))]
      : [],
  )
  const content = sequence(integer(0), digestAlgorithm('sha256'), sequence(...digests))
  const object = await signData({ contentType: objectIds.ldsSecurityObject, content }, country.signer)
  const common = Uint8Array.from(fileOf('EF_COM')).filter(byte => byte !== 0x6e)
  common[1] = (common[1] ?? 0) - 1
  common[common.indexOf(0x5c) + 1] = 5
  const files = new Map([...given.files, ['EF_SOD', element(0x77, object)], ['EF_COM', common]])
  files.delete('DG14')
  const old = { ...given, files }
  assert.equal(isGenuine(old), true, JSON.stringify(readingOf(old).checks))
  assert.deepEqual(readingOf(old).unsignedParts, [
    { file: 'EF.COM', part: 'versions', from: 2, to: 18 },
    { file: 'EF.CardAccess', part: 'ways of access', from: 0, to: fileOf('EF_CardAccess').length },
  ])
  const { unseen, unsigned } = flipBits(old, (name, at) => (/^EF_C(OM|ardAccess)$/.test(name) ? [at % 8] : []))
  assert.deepEqual(unseen, [])
  assert.ok(unsigned > 0)
})

test('a file that was cut short, or to which bytes were added, is told', () => {
  const parts = ['files', 'beside'] as const
  for (const part of parts)
    for (const [name, file] of given[part])
      for (const [how, changed] of [
        ['without its last byte', file.subarray(0, -1)],
        ['half', file.subarray(0, file.length >> 1)],
        ['empty', file.subarray(0, 0)],
        ['with one byte more', Uint8Array.from([...file, 0])],
        ['twice', Uint8Array.from([...file, ...file])],
      ] as const)
        assert.equal(
          isGenuine({ ...given, [part]: new Map([...given[part], [name, changed]]) }),
          false,
          `${name} ${how}`,
        )
  for (const authority of [given.authority.subarray(0, -1), Uint8Array.from([...given.authority, 0])])
    assert.match(saidOf({ ...given, authority }), /csca\.cer cannot be read/)
})

test('a file of another card of the same signer is told, EF.CardSecurity too', async () => {
  const face = await sharp({ create: { width: 64, height: 80, channels: 3, background: '#aabbcc' } })
    .jpeg()
    .toBuffer()
  const content = contentOf(face)
  const fullName = 'Trần Thị Bình'
  const other = await makeChipFiles(
    {
      ...content,
      zone: [...content.zone.slice(0, 2), 'TRAN<<THI<BINH<<<<<<<<<<<<<<<<'],
      person: { ...content.person, fullName },
      national: { ...content.national, fullName },
    },
    country.signer,
    now,
  )
  const alike = [...other.files]
    .filter(([name, file]) => Buffer.compare(file, fileOf(name)) === 0)
    .map(([name]) => name)
  assert.deepEqual(alike.toSorted(), ['EF_COM', 'EF_CardAccess'])
  for (const [name, file] of other.files)
    if (!alike.includes(name)) assert.equal(isGenuine(withFile(name, file)), false, name)
  const swapped = withFile('EF_CardSecurity', other.files.get('EF_CardSecurity') ?? new Uint8Array())
  assert.match(detailOf(swapped, 'card-security') ?? '', /of another chip/)
  const groupAlone = withFile('DG2', other.files.get('DG2') ?? new Uint8Array())
  assert.equal(detailOf(groupAlone, 'data-groups'), 'not as they were signed: DG2')
})

test('a certificate on the chip that is not the signer’s is told though the right one lies beside', () => {
  const serial = country.signer.certificate.serial.toString(16)
  const object = Uint8Array.from(fileOf('EF_SOD'))
  const at = Buffer.from(object).indexOf(Buffer.from(serial, 'hex'))
  object[at + 5] = (object[at + 5] ?? 0) ^ 1
  const changed = withFile('EF_SOD', object)
  assert.equal(detailOf(changed, 'signer'), 'two certificates that differ claim to be that of the signer')
  assert.equal(readingOf(changed).isGenuine, false)
})

test('a list past its next day is called out of date, and a signer that it revokes stays revoked', async () => {
  const later = new Date(now.getTime() + 100 * 86_400_000)
  assert.match(
    detailOf({ ...given, now: later }, 'revocation') ?? '',
    /^not revoked by the list of .*, which is out of date$/,
  )
  assert.equal(isGenuine({ ...given, now: later }), true)
  const { serial } = country.signer.certificate
  const list = await country.listOf([{ serial, at: now }])
  const revoked = { ...given, beside: new Map([...given.beside, ['crl.crl', list.bytes]]), now: later }
  assert.equal(isGenuine(revoked), false)
  assert.equal(detailOf(revoked, 'revocation'), 'the signer is revoked')
})
