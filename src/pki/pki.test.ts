import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { readCertificate } from '../chip/certificates/certificate.ts'
import { checkRevocation, findChain } from '../chip/certificates/chain.ts'
import { nameText } from '../chip/certificates/name.ts'
import { readRevocationList } from '../chip/certificates/revocation-list.ts'
import { curveFormOf } from '../chip/keys/public-key.ts'
import { readMasterList } from '../chip/security-object/master-list.ts'
import { asOperator } from '../open-house.ts'
import { now } from '../platform/clock.ts'
import type { Work } from '../platform/work.ts'
import { sealForCustodians } from './custodians.ts'
import * as pki from './pki.ts'

const house = await openHouse({ withUnits: true })
const inWork = <T>(verb: (work: Work) => Promise<T>): Promise<T> => house.openWork(asOperator('none'), verb)
const later = (work: Work, days: number): Work => ({ ...work, now: new Date(work.now.getTime() + days * 86_400_000) })
const code = (expected: string) => (error: unknown) => (error as { code?: string }).code === expected

type Custodian = { readonly identity: string; readonly recipient: string; share: Uint8Array }
async function custodiansOf(count: number): Promise<Custodian[]> {
  const identities = await Promise.all(Array.from({ length: count }, generateX25519Identity))
  return Promise.all(
    identities.map(async identity => ({
      identity,
      recipient: await identityToRecipient(identity),
      share: new Uint8Array(),
    })),
  )
}
const present = (...who: readonly Custodian[]): pki.Present => ({
  shares: who.map(({ share }, at) => ({ file: `share-${at}.age`, bytes: share })),
  identities: who.map(({ identity }) => identity),
})
const listAddress = 'http://crl.example/vn.crl'
const newKey = (custodians: Custodian[], threshold: number) => ({
  custodians: custodians.map(({ recipient }) => recipient),
  threshold,
  curve: 'secp384r1',
  organization: 'Công an tỉnh Thử Nghiệm',
  form: { curveForm: 'explicit', revocationLists: [listAddress] } as const,
  giveOut: async (shares: readonly Uint8Array[]) => {
    for (const [at, custodian] of custodians.entries()) custodian.share = shares[at] ?? custodian.share
  },
})

const [an, binh, cuc] = (await custodiansOf(3)) as [Custodian, Custodian, Custodian]
const first = [an, binh, cuc]
const signer = { kind: 'document-signer', curve: 'prime256v1' } as const

test('the authority’s key opens for as many custodians as were agreed, and for nobody with fewer', async () => {
  await assert.rejects(
    inWork(work => pki.issueSigner(work, present(an), signer)),
    code('authority-missing'),
  )
  for (const wrong of [
    { ...newKey(first, 2), threshold: 1 },
    { ...newKey(first, 2), threshold: 4 },
    newKey([an, an], 2),
    { ...newKey(first, 2), custodians: ['age1nobody', an.recipient] },
  ])
    await assert.rejects(
      inWork(work => pki.makeFirstAuthority(work, wrong)),
      code('custodians-wrong'),
    )
  const { keyId } = await inWork(work => pki.makeFirstAuthority(work, newKey(first, 2)))
  await assert.rejects(
    inWork(work => pki.makeFirstAuthority(work, newKey(first, 2))),
    code('authority-exists'),
  )

  const foreign = await sealForCustodians('another key', new Uint8Array(8), newKey(first, 2))
  const strange = { ...binh, share: foreign.shares[1] ?? new Uint8Array() }
  const repeated = present(an, an)
  const decrypter = new Decrypter()
  decrypter.addIdentity(binh.identity)
  const changed = JSON.parse(await decrypter.decrypt(binh.share, 'text')) as { share: string }
  const bytes = Buffer.from(changed.share, 'base64url')
  bytes[3] = (bytes[3] ?? 0) ^ 1
  const encrypter = new Encrypter()
  encrypter.addRecipient(binh.recipient)
  const forged = {
    ...binh,
    share: await encrypter.encrypt(JSON.stringify({ ...changed, share: bytes.toString('base64url') })),
  }
  for (const [who, why] of [
    [present(an), 'shares-too-few'],
    [repeated, 'shares-too-few'],
    [{ ...present(an, binh), identities: [an.identity] }, 'share-unreadable'],
    [present(an, strange), 'share-of-another-key'],
    [present(an, forged), 'share-changed'],
  ] as const)
    await assert.rejects(
      inWork(work => pki.issueSigner(work, who, signer)),
      code(why),
    )
  await inWork(work => pki.issueSigner(work, present(cuc, an), signer))
  const [deed] = (await inWork(work => audit.deedsOfName(work, keyId, 'authority.made'))) ?? []
  assert.deepEqual(deed?.facts, { custodians: first.map(({ recipient }) => recipient), threshold: 2 })
})

test('the database tells nobody the keys: the authority’s not even with the installation’s own key', async () => {
  const rows = await house.owner<{ key_id: string; sealed: Buffer | null; for_custodians: Buffer | null }>(
    'select key_id, sealed, for_custodians from pki.private_key',
  )
  assert.deepEqual(rows.map(({ sealed, for_custodians }) => [sealed !== null, for_custodians !== null]).toSorted(), [
    [false, true],
    [true, false],
  ])
  const officer = await house.work(pki.getWholeAuthority)
  assert.ok(officer.certificates.length > 0)
  const seen = await house.openWork(
    { ...asOperator('none'), by: { kind: 'officer', id: crypto.randomUUID() }, scope: { units: [] } },
    pki.getWholeAuthority,
  )
  assert.deepEqual(seen, { certificates: [], revocationList: undefined }, 'an officer sees no key of it')
})

test('a renewed authority is reached by the link, and its list revokes a signer of the former key', async () => {
  const before = await inWork(pki.getWholeAuthority)
  const old = before.certificates.find(({ kind }) => kind === 'authority')
  const oldSigner = before.certificates.find(({ kind }) => kind === 'document-signer')
  assert.ok(old && oldSigner)

  const next = await custodiansOf(2)
  const { keyId } = await inWork(work => pki.renewAuthority(later(work, 1), present(an, binh), newKey(next, 2)))
  await assert.rejects(
    inWork(work => pki.issueSigner(work, present(an, binh), signer)),
    code('share-of-another-key'),
    'the former shares open nothing more',
  )
  const [one, other] = next as [Custodian, Custodian]
  const revoked = { serial: oldSigner.serial, reason: 'lost' }
  await inWork(work => pki.revokeSigner(later(work, 2), present(one, other), revoked))
  await assert.rejects(
    inWork(work => pki.revokeSigner(later(work, 2), present(one, other), revoked)),
    code('certificate-unknown'),
  )
  await inWork(work => pki.issueSigner(later(work, 3), present(one, other), signer))

  const after = await inWork(pki.getWholeAuthority)
  const link = after.certificates.find(({ kind }) => kind === 'link')
  const newSigner = after.certificates.find(({ kind }) => kind === 'document-signer')
  assert.ok(link && newSigner && after.revocationList)
  assert.equal(link.keyId, keyId)
  assert.equal(after.revocationList.number, 3)
  const anchor = readCertificate(old.der)
  assert.equal(nameText(anchor.subject), 'C=VN, O=Công an tỉnh Thử Nghiệm, CN=CSCA VN')
  assert.equal(findChain(readCertificate(newSigner.der), [anchor]).outcome, 'wrong', 'without the link')
  const links = [readCertificate(link.der)]
  const list = readRevocationList(after.revocationList.der)
  for (const [kept, outcome] of [
    [newSigner, 'good'],
    [oldSigner, 'revoked'],
  ] as const) {
    const certificate = readCertificate(kept.der)
    const chain = findChain(certificate, [anchor], links)
    assert.equal(chain.outcome, 'trusted')
    assert.ok(chain.outcome === 'trusted')
    assert.equal(checkRevocation(certificate, chain.keys, [list], now()).outcome, outcome)
  }
  const unlinked = findChain(readCertificate(oldSigner.der), [anchor])
  assert.ok(unlinked.outcome === 'trusted')
  const unknown = checkRevocation(readCertificate(oldSigner.der), unlinked.keys, [list], now())
  assert.equal(unknown.outcome, 'not-done', 'a list of a key that nobody knows says nothing')
  const keys = await house.owner<{ gone: boolean }>(
    'select gone_at is not null as gone from pki.private_key order by made_at',
  )
  assert.deepEqual(
    keys.map(({ gone }) => gone),
    [true, true, false, false],
    'the former authority and the revoked signer have no private key any more',
  )

  await inWork(work => pki.issueSigner(later(work, 3), present(one, other), { ...signer, kind: 'master-list-signer' }))
  const { list: master } = await inWork(work => pki.signListOfAuthorities(later(work, 3), []))
  const read = readMasterList(master, [anchor], links)
  assert.equal(read.authorities.length, 3)
  assert.deepEqual(read.rejected, [])
})

test('what is due is told two weeks ahead, and a signer whose time is over signs nothing', async () => {
  const dueIn = (days: number) => inWork(async work => (await pki.whatIsDue(later(work, days))).map(({ what }) => what))
  assert.deepEqual(await dueIn(3), [])
  assert.deepEqual((await dueIn(80)).toSorted(), ['pki revocation-list', 'pki signer'])
  assert.ok((await dueIn(5 * 365)).includes('pki renew'))
  await inWork(work => pki.getSignerOfToday(later(work, 92)))
  await assert.rejects(
    inWork(work => pki.getSignerOfToday(later(work, 94))),
    code('signer-missing'),
  )
})

test('an authority whose custodians are gone is followed by another without a link, and both are trusted', async () => {
  const before = await inWork(pki.getWholeAuthority)
  const lost = before.certificates.find(({ kind, hasKey }) => kind === 'authority' && hasKey)
  const oldSigner = before.certificates.find(({ kind }) => kind === 'document-signer')
  assert.ok(lost && oldSigner)
  const [dung, em] = (await custodiansOf(2)) as [Custodian, Custodian]
  const replace = (serial: string) =>
    inWork(work =>
      pki.replaceLostAuthority(later(work, 4), { serial, reason: 'two sticks burnt' }, newKey([dung, em], 2)),
    )
  await assert.rejects(replace(oldSigner.serial), code('authority-not-of-now'))
  const { keyId, former } = await replace(lost.serial)
  assert.equal(former, lost.keyId)
  const [deed] = (await inWork(work => audit.deedsOfName(work, keyId, 'authority.replaced'))) ?? []
  assert.equal((deed?.facts as { reason?: string } | undefined)?.reason, 'two sticks burnt')

  const between = await inWork(work => pki.getSignerOfToday(later(work, 4)))
  assert.equal(between.keyId, oldSigner.keyId, 'the signer of before signs to its end')
  const due = await inWork(async work => (await pki.whatIsDue(later(work, 4))).map(({ what }) => what))
  assert.deepEqual(due, ['pki signer'], 'one below the new authority is due at once')
  await inWork(work => pki.issueSigner(later(work, 5), present(dung, em), signer))
  await inWork(work => pki.issueSigner(later(work, 5), present(dung, em), { ...signer, kind: 'master-list-signer' }))
  const after = await inWork(pki.getWholeAuthority)
  assert.ok(pki.lostAuthorities(after.certificates).some(({ serial }) => serial === lost.serial))
  const own = after.certificates.find(({ kind, hasKey }) => kind === 'authority' && hasKey)
  const newSigner = after.certificates.find(({ kind }) => kind === 'document-signer')
  assert.ok(own && newSigner && own.keyId === keyId)
  assert.equal(
    after.certificates.filter(one => one.kind === 'authority' && one.hasKey).length,
    1,
    'the lost key is deleted',
  )
  const [old, next] = [readCertificate(lost.der), readCertificate(own.der)]
  const links = after.certificates.filter(({ kind }) => kind === 'link').map(({ der }) => readCertificate(der))
  const [underOld, underNew] = [readCertificate(oldSigner.der), readCertificate(newSigner.der)]
  assert.equal(findChain(underNew, [old], links).outcome, 'wrong', 'who trusts the old one alone does not come to it')
  assert.equal(findChain(underOld, [old], links).outcome, 'trusted')
  for (const one of [underOld, underNew]) assert.equal(findChain(one, [old, next], links).outcome, 'trusted')

  const { list } = await inWork(work => pki.signListOfAuthorities(later(work, 5), []))
  const named = readMasterList(list, [next]).authorities.map(({ serial }) => serial)
  for (const one of [old, next]) assert.ok(named.includes(one.serial), 'the master list has both')

  const revoked = { serial: oldSigner.serial, reason: 'known to others' }
  await inWork(work => pki.revokeSigner(later(work, 6), present(dung, em), revoked))
  const latest = (await inWork(pki.getWholeAuthority)).revocationList
  const both = findChain(underOld, [old, next], links)
  assert.ok(latest && both.outcome === 'trusted')
  const found = checkRevocation(underOld, both.keys, [readRevocationList(latest.der)], now())
  assert.equal(found.outcome, 'revoked', 'the new key revokes for who trusts both')
})

test('all certificates say where the list lies, and write curves, as the first authority was made', async () => {
  const { certificates } = await inWork(pki.getWholeAuthority)
  assert.deepEqual(
    new Set(certificates.map(({ kind }) => kind)),
    new Set(['authority', 'link', 'document-signer', 'master-list-signer']),
  )
  for (const { kind, der } of certificates) {
    const { publicKey, extensions } = readCertificate(der)
    assert.deepEqual([curveFormOf(publicKey), extensions.revocationLists], ['explicit', [listAddress]], kind)
  }
})

const openssl =
  (...given: readonly string[]) =>
  (input: Uint8Array) =>
    spawnSync('openssl', given, { input })

test('OpenSSL reads the numbers of the curve and the address of the list', {
  skip: openssl('version')(new Uint8Array()).status !== 0 && 'openssl is not here',
}, async () => {
  const { certificates } = await inWork(pki.getWholeAuthority)
  const signer = certificates.find(({ kind }) => kind === 'document-signer')
  const text = String(openssl('x509', '-inform', 'DER', '-noout', '-text')(signer?.der ?? new Uint8Array()).stdout)
  assert.match(text, /Field Type: prime-field/)
  assert.match(text, /URI:http:\/\/crl\.example\/vn\.crl/)
})
