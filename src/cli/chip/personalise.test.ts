import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Decrypter } from 'age-encryption'
import { contentOf, orderCard } from '../../../test/a-card.ts'
import { aCardCentre } from '../../../test/a-card-centre.ts'
import { openHouse } from '../../../test/house.ts'
import * as cards from '../../cards/cards.ts'
import { portrait } from '../../cards/printed-face/printed-face.test-sample.ts'
import { readCertificate } from '../../chip/certificates/certificate.ts'
import { inspectFiles } from '../../chip/inspecting/inspect-files.ts'
import { readSecurityObject } from '../../chip/security-object/security-object.ts'
import { asOperator, type House } from '../../open-house.ts'
import * as pki from '../../pki/pki.ts'
import { knownIdentities, ownIdentity, recipientOf } from '../../platform/archive/backup-key.ts'
import { now } from '../../platform/clock.ts'
import { Problem } from '../../platform/problem.ts'
import { WrongUsage } from '../../platform/terminal.ts'
import { checkAuthorityOf } from '../pki/authority-check.ts'
import { pkiAuthority, pkiCustodian, pkiExport, pkiList, pkiReplace, pkiSigner } from '../pki/pki.ts'
import { writerOfFolders } from './chip-folders.ts'
import { readBesideChip, readFolderOfChip } from './folder-of-chip.ts'
import { personaliseCards } from './personalise.ts'

const house = await openHouse({ withUnits: true })
const { ward, maker, aPupil, asWard, asMaker, asChecker } = await aCardCentre(house)
const root = await mkdtemp(join(tmpdir(), 'dinhdanh-personalise-'))
await mkdir(join(root, 'keys'))
after(() => rm(root, { recursive: true, force: true }))
const at = (...parts: string[]) => join(root, ...parts)
const opened = { openWork: house.openWork, folder: root } as unknown as House
const given = (values: Readonly<Record<string, string | boolean>>) => ({
  house: opened,
  folder: root,
  positionals: [],
  values,
  json: true,
})
const code = (expected: string) => (error: unknown) => error instanceof Problem && error.code === expected

async function anOrder(face: Buffer = photograph, more: Partial<cards.CardContent> = {}) {
  const personId = await aPupil()
  return asWard(async work => {
    const card = await cards.applyForCard(work, personId, { unitId: ward.unitId })
    const content = { ...(await contentOf(work, personId)), ...more }
    return { cardId: (await orderCard(work, card, ward.unitId, { portrait: face, content })).id, content }
  })
}
const batchOfHouse = () => asMaker(work => cards.planBatch(work, { maker: 'house', most: 1000 }))
const personalise = (batch: string, out: string, more: Readonly<Record<string, string | boolean>> = {}) =>
  personaliseCards(given({ batch, out: at(out), ...more }))
const foldersIn = async (out: string) =>
  (await readdir(at(out), { withFileTypes: true })).filter(one => one.isDirectory()).map(({ name }) => name)

async function inspected(folder: string, anchorFile = join(folder, '..', 'csca.cer')) {
  return inspectFiles(await readFolderOfChip(folder), {
    anchors: [readCertificate(await readFile(anchorFile))],
    ...(await readBesideChip(folder)),
    now: now(),
  })
}

const photograph = await portrait()
const first = await anOrder()
const batch = await batchOfHouse()

test('no chip is written before the custodians have made an authority and a signer', async () => {
  await assert.rejects(personalise(batch.id, 'chips'), code('authority-missing'))
  const custodians: string[] = []
  for (const name of ['c1.key', 'c2.key']) {
    await pkiCustodian(given({ out: at(name) }))
    custodians.push(/age1\w+/.exec(await readFile(at(name), 'utf8'))?.[0] ?? '')
  }
  const asked = { custodian: custodians.join('\n'), threshold: '2', organization: 'Công an tỉnh', out: at('shares') }
  for (const [name, wrong] of [
    ['curve-parameters', 'both'],
    ['crl-url', 'ftp://crl.example/vn'],
  ] as const)
    await assert.rejects(pkiAuthority(given({ ...asked, [name]: wrong })), WrongUsage)
  await mkdir(at('taken'))
  await writeFile(at('taken', 'csca.cer'), 'another')
  await assert.rejects(pkiAuthority(given({ ...asked, out: at('taken') })), WrongUsage)
  assert.deepEqual(await readdir(at('taken')), ['csca.cer'], 'the shares of a ceremony that failed are gone')
  let isFirst = true
  const failsAfterCommit: House['openWork'] = async (authority, verb) => {
    const result = await house.openWork(authority, verb)
    if (!isFirst) return result
    isFirst = false
    throw new Error('the disk is full')
  }
  const ceremony = { ...given(asked), house: { ...opened, openWork: failsAfterCommit } as House }
  await assert.rejects(pkiAuthority(ceremony), /the disk is full/, 'it says so, and the shares of what was kept stay')
  assert.deepEqual((await readdir(at('shares'))).toSorted(), ['csca.cer', 'share-1.age', 'share-2.age'])
  await assert.rejects(personalise(batch.id, 'chips'), code('signer-missing'))
  await assert.rejects(pkiSigner(given({})), WrongUsage)
  await pkiSigner(
    given({
      share: `${at('shares', 'share-1.age')}\n${at('shares', 'share-2.age')}`,
      identity: `${at('c1.key')}\n${at('c2.key')}`,
    }),
  )
  await pkiList(given({}))
  const doctor = await house.openWork(asOperator('none'), checkAuthorityOf)
  assert.deepEqual([doctor.ok, doctor.found], [true, 'no ceremony is due'])
  const tooLate = await house.openWork(asOperator('none'), work =>
    checkAuthorityOf({ ...work, now: new Date(work.now.getTime() + 91 * 86_400_000) }),
  )
  assert.deepEqual([tooLate.ok, tooLate.advice], [false, undefined])
  for (const step of ['pki signer', 'pki revocation-list']) assert.match(tooLate.found, new RegExp(`${step} since`))
  await pkiExport(given({ out: at('public') }))
  assert.equal((await readdir(at('public'))).length, 3)
})

test('a batch is written as a folder for each card, which a reader of a trusted country believes', async () => {
  await personalise(batch.id, 'chips')
  assert.deepEqual(await foldersIn('chips'), [first.cardId])
  const folder = at('chips', first.cardId)
  assert.deepEqual(
    (await readdir(folder)).toSorted(),
    ['DG1', 'DG11', 'DG13', 'DG14', 'DG15', 'DG2', 'EF_COM', 'EF_CardAccess', 'EF_CardSecurity', 'EF_SOD'].map(
      name => `${name}.bin`,
    ),
  )
  const reading = await inspected(folder)
  assert.equal(reading.isGenuine, true, JSON.stringify(reading.checks))
  const checks = new Map(reading.checks.map(({ check, outcome }) => [check, outcome]))
  assert.equal(checks.get('revocation'), 'passed')
  assert.equal(reading.person?.personalNumber, first.content.number)
  assert.equal(reading.national?.residence, first.content.residence)
  assert.ok((reading.portrait?.image.length ?? 0) <= 20_000)

  const decrypter = new Decrypter()
  for (const identity of await knownIdentities(root, 'chip-keys.key')) decrypter.addIdentity(identity)
  const keys = await decrypter.decrypt(await readFile(`${folder}.keys.age`), 'text')
  assert.equal((JSON.parse(keys) as { card: string }).card, first.cardId)
  const rows = JSON.stringify(await house.owner('select * from cards.personalised_chip'))
  assert.ok(!rows.includes((JSON.parse(keys) as { chipAuthentication: string }).chipAuthentication))
})

test('a card is written once; anew it gets other keys, and no run writes over another signer’s', async () => {
  const before = await readFile(at('chips', first.cardId, 'EF_SOD.bin'))
  await personalise(batch.id, 'again')
  assert.deepEqual(await foldersIn('again'), [])
  await personalise(batch.id, 'again', { anew: true })
  assert.deepEqual(await foldersIn('again'), [first.cardId])
  assert.notDeepEqual(await readFile(at('again', first.cardId, 'DG15.bin')), before)
  const chips = await house.owner<{ why: string | null }>(
    'select spoiled_why as why from cards.personalised_chip order by made_at',
  )
  assert.deepEqual(
    chips.map(({ why }) => why),
    ['anew', null],
  )
  await writeFile(at('again', 'ds.cer'), 'another')
  await assert.rejects(personalise(batch.id, 'again', { anew: true }), WrongUsage)
  await assert.rejects(personalise(batch.id, 'x', { recipient: 'age1nobody' }), WrongUsage)
  assert.equal(existsSync(at('x')), false)
})

test('a card bears the day of its chip, and one that is rejected gets another chip', async () => {
  await house.owner(`update cards.personalised_chip set issued_on = issued_on - 1`)
  const [chip] = await house.owner<{ day: string }>(
    'select issued_on::text as day from cards.personalised_chip where spoiled_at is null',
  )
  const make = (serial: string) =>
    asMaker(async work => {
      await cards.receiveBlanks(work, { code: serial, firstSerial: serial, lastSerial: serial })
      return cards.makeCard(work, { cardId: first.cardId, serial })
    })
  const attempt = await make('CHIP000001')
  assert.equal(attempt.madeOn, chip?.day)
  await asChecker(work => cards.checkCard(work, attempt.id, { quality: 'rejected', fault: 'the chip is silent' }))
  await personalise(batch.id, 'third')
  assert.deepEqual(await foldersIn('third'), [first.cardId])
  const next = await make('CHIP000002')
  const made = await asChecker(work => cards.checkCard(work, next.id, { quality: 'passed' }))
  const { zone } = await inspected(at('third', first.cardId))
  const end = made.expiresOn?.slice(2).replaceAll('-', '')
  assert.equal(zone?.[1]?.slice(8, 14), end)
})

test('a run that was stopped before its folder appeared is taken up, and a failed one touches no chip', async () => {
  const { cardId } = await anOrder()
  const { id } = await batchOfHouse()
  const writer = writerOfFolders(at('stopped'), [await recipientOf(await ownIdentity(root, 'chip-keys.key'))])
  const run = (more: Partial<cards.ChipWriter>, options = {}) =>
    cards.personaliseBatch(house.openWork, asOperator('card'), id, { ...writer, ...more }, options)
  const stop = () => Promise.reject(new Error('killed'))
  await assert.rejects(run({ publish: stop }), /killed/)
  assert.equal(existsSync(at('stopped', cardId)), false)
  assert.equal((await run({})).before, 1)
  const [chip] = await house.owner<{ digest: string }>(
    'select security_object as digest from cards.personalised_chip where card_id = $1',
    [cardId],
  )
  const digestOnDisk = async () =>
    createHash('sha256')
      .update(await readFile(at('stopped', cardId, 'EF_SOD.bin')))
      .digest('hex')
  assert.equal(await digestOnDisk(), chip?.digest)
  const keys = await readFile(at('stopped', `${cardId}.keys.age`))

  const failing = async (one: cards.ChipOfCard) => writer.write(one).then(stop)
  await assert.rejects(run({ write: failing }, { anew: true, cardId }), /killed/)
  assert.equal(await digestOnDisk(), chip?.digest)
  assert.deepEqual(await readFile(at('stopped', `${cardId}.keys.age`)), keys)
  await run({})
  assert.ok(!(await readdir(at('stopped'))).some(name => name.endsWith('.part')))
  await asMaker(work => cards.takeOutOfBatch(work, cardId, { reason: 'wrong' }))
  const spoiled = await house.owner<{ why: string }>(
    'select spoiled_why as why from cards.personalised_chip where card_id = $1',
    [cardId],
  )
  assert.deepEqual(spoiled, [{ why: 'released' }])
})

test('a card of which no chip can be made is told, and the others are written', async () => {
  const broken = await anOrder(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0]))
  const good = await anOrder()
  const next = await batchOfHouse()
  await personalise(next.id, 'partly')
  assert.equal(process.exitCode, 1)
  process.exitCode = 0
  const folders = await foldersIn('partly')
  assert.deepEqual([folders.includes(good.cardId), folders.includes(broken.cardId)], [true, false])
  const chips = await house.owner('select from cards.personalised_chip where card_id = $1', [broken.cardId])
  assert.equal(chips.length, 0)
  const elsewhere = await asMaker(async work => {
    await cards.takeOutOfBatch(work, broken.cardId, { reason: 'portrait' })
    return cards.planBatch(work, { maker: 'centre', most: 10 })
  })
  await assert.rejects(personalise(elsewhere.id, 'centre'), code('batch-not-made-here'))
  const refused = await house.openWork({ ...maker, purpose: 'card', scope: { units: [ward.unitId] } }, work =>
    cards.showBatch(work, next.id).then(
      () => 'seen',
      (error: unknown) => (error instanceof Problem ? error.code : error),
    ),
  )
  assert.equal(refused, 'batch-unknown')
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
test('OpenSSL verifies what was personalised', { skip: !hasOpenssl && 'openssl is not here' }, async () => {
  const folder = at('third', first.cardId)
  const pem = (name: string) => {
    const to = at(`${name}.pem`)
    spawnSync('openssl', ['x509', '-inform', 'DER', '-in', at('third', name), '-out', to])
    return to
  }
  const crl = at('crl.pem')
  spawnSync('openssl', ['crl', '-inform', 'DER', '-in', at('third', 'crl.crl'), '-out', crl])
  const [csca, ds] = [pem('csca.cer'), pem('ds.cer')]
  const chain = spawnSync('openssl', ['verify', '-crl_check', '-CAfile', csca, '-CRLfile', crl, ds], {
    encoding: 'utf8',
  })
  assert.equal(chain.status, 0, chain.stderr)
  const object = await readFile(join(folder, 'EF_SOD.bin'))
  readSecurityObject(object)
  // EF.SOD is signed data within an element of the application (tag 0x77).
  await writeFile(at('sod.p7'), object.subarray(4))
  const verified = spawnSync(
    'openssl',
    ['cms', '-verify', '-inform', 'DER', '-in', at('sod.p7'), '-CAfile', csca, '-purpose', 'any', '-out', at('lds')],
    { encoding: 'utf8' },
  )
  assert.equal(verified.status, 0, verified.stderr)
})

test('pki replace begins an authority beside a lost one, and doctor says that no link leads there', async () => {
  const { certificates } = await house.openWork(asOperator('none'), pki.getWholeAuthority)
  const serial = certificates.find(({ kind }) => kind === 'authority')?.serial ?? ''
  const recipients = await Promise.all(
    ['c3.key', 'c4.key'].map(async name => {
      await pkiCustodian(given({ out: at(name) }))
      return /age1\w+/.exec(await readFile(at(name), 'utf8'))?.[0] ?? ''
    }),
  )
  const asked = { custodian: recipients.join('\n'), threshold: '2', out: at('shares-2'), reason: 'two sticks burnt' }
  await assert.rejects(pkiReplace(given(asked)), WrongUsage)
  await assert.rejects(pkiReplace({ ...given(asked), positionals: ['ab'] }), code('authority-not-of-now'))
  await pkiReplace({ ...given(asked), positionals: [serial] })
  assert.deepEqual((await readdir(at('shares-2'))).toSorted(), ['csca.cer', 'share-1.age', 'share-2.age'])
  const doctor = await house.openWork(asOperator('none'), checkAuthorityOf)
  assert.match(doctor.found, new RegExp(`no link leads from the authority ${serial}, whose key was lost`))
  await pkiExport(given({ out: at('public-2') }))
  assert.equal((await readdir(at('public-2'))).filter(name => name.startsWith('csca-')).length, 2)
})
