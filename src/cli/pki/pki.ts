import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { generateX25519Identity } from 'age-encryption'
import { readCertificate } from '../../chip/certificates/certificate.ts'
import { nameText } from '../../chip/certificates/name.ts'
import { curves } from '../../chip/keys/curves.ts'
import { asOperator, type House } from '../../open-house.ts'
import * as pki from '../../pki/pki.ts'
import { recipientOf } from '../../platform/archive/backup-key.ts'
import { dayAt } from '../../platform/day.ts'
import { printAnswer, WrongUsage } from '../../platform/terminal.ts'
import { writeSame } from '../chip/chip-folders.ts'
import { authorityIn } from '../chip/folder-of-chip.ts'
import { type Invocation, wordOf, wordsOf } from '../invocation.ts'
import { isUnwritable, writeWholeFile } from '../whole-file.ts'
import { custodiansOf, onDisk, presentOf, removeAll, writeNew } from './ceremony-files.ts'

const authority = asOperator('none')

/** `pki custodian --out F`: a key of age for one custodian, who keeps it; its recipient names them. */
export async function pkiCustodian({ values, json }: Omit<Invocation, 'house'>): Promise<void> {
  const out = wordOf(values['out'])
  if (!out) throw new WrongUsage('pki custodian needs --out, the file to write')
  if (existsSync(out)) throw new WrongUsage(`${out} is there already; choose another name`)
  if (await isUnwritable(out)) throw new WrongUsage(`${out} cannot be written`)
  const identity = await generateX25519Identity()
  const recipient = await recipientOf(identity)
  await writeFile(out, `# recipient: ${recipient}\n${identity}\n`, { mode: 0o600, flag: 'wx', flush: true })
  await printAnswer(json, { file: out, recipient }, `${out} is this custodian's alone; they are named by ${recipient}`)
}

const curveNames = curves.filter(({ bytes }) => bytes >= 32).map(({ name }) => name)

/** Curves of at least 256 bits: weaker keys would have to last for decades. */
function curveOf({ values }: Pick<Invocation, 'values'>, usual: string): string {
  const curve = wordOf(values['curve']) ?? usual
  if (!curveNames.includes(curve)) throw new WrongUsage(`--curve is one of ${curveNames.join(', ')}`)
  return curve
}

/** Certificates bear the address to the end of the cards: 9303-12, section 7.1.1.4 knows http and ldap. */
const listAddress = /^(?:https?|ldap):\/\/[!-~]{1,300}$/

function certificateFormOf({ values }: Pick<Invocation, 'values'>): pki.CertificateForm {
  const curveForm = wordOf(values['curve-parameters']) ?? 'named'
  if (curveForm !== 'named' && curveForm !== 'explicit') throw new WrongUsage('--curve-parameters is named or explicit')
  const revocationLists = wordsOf(values['crl-url'])
  for (const address of revocationLists)
    if (!listAddress.test(address) || !URL.canParse(address))
      throw new WrongUsage('--crl-url is an address of http, https or ldap, of at most 300 signs')
  return { curveForm, revocationLists }
}

/** Where the shares and the certificate of a new key of the authority are written, and what was written. */
function giveOutTo(folder: string) {
  const files: string[] = []
  let made: Uint8Array = new Uint8Array()
  return {
    files,
    /**
     * Removes the shares of a ceremony that failed. Where its key is kept all the same they open it alone: the failure
     * came after. Where nobody can tell they stay, and the answer says so.
     */
    async takeBack(house: House, error: unknown): Promise<never> {
      if (files.length === 0) throw error
      const whole = await house.openWork(authority, pki.getWholeAuthority).catch(() => undefined)
      const isKept = whole?.certificates.some(({ der }) => Buffer.compare(der, made) === 0)
      if (isKept === false) await removeAll(files)
      else process.stderr.write(`the shares stay in ${folder}: their key ${isKept ? 'is' : 'may be'} kept\n`)
      throw error
    },
    async giveOut(shares: readonly Uint8Array[], certificate: Uint8Array): Promise<void> {
      made = certificate
      for (const [at, share] of shares.entries()) files.push(await writeNew(folder, `share-${at + 1}.age`, share))
      files.push(await writeNew(folder, 'csca.cer', certificate, 0o644))
      await onDisk(folder)
    },
  }
}

const folderOf = ({ values }: Pick<Invocation, 'values'>): string => {
  const out = wordOf(values['out'])
  if (!out) throw new WrongUsage('--out is the folder for the shares and the certificate')
  return resolve(out)
}

const sharesText = (files: readonly string[]) =>
  `${files.join(', ')}. Give each share to its custodian, then delete it here: no two shares may lie in one place`

/** `pki authority --custodian R… --threshold K --organization TEXT --out DIR [--curve C]`: makes the authority. */
export async function pkiAuthority(invocation: Invocation): Promise<void> {
  const { house, values, json } = invocation
  const organization = wordOf(values['organization'])?.trim()
  if (!organization) throw new WrongUsage('--organization names in the certificates who issues the cards')
  const { files, giveOut, takeBack } = giveOutTo(folderOf(invocation))
  const form = certificateFormOf(invocation)
  const asked = { ...custodiansOf(invocation), organization, form, curve: curveOf(invocation, 'secp384r1'), giveOut }
  const made = await house
    .openWork(authority, work => pki.makeFirstAuthority(work, asked))
    .catch(error => takeBack(house, error))
  await printAnswer(json, { ...made, files }, `the authority has the key ${made.keyId}: ${sharesText(files)}`)
}

/** `pki renew --share F… --identity F… --custodian R… --threshold K --out DIR [--curve C]`: the next key, linked. */
export async function pkiRenew(invocation: Invocation): Promise<void> {
  const { house, json } = invocation
  const { files, giveOut, takeBack } = giveOutTo(folderOf(invocation))
  const present = await presentOf(invocation)
  const asked = { ...custodiansOf(invocation), curve: curveOf(invocation, 'secp384r1'), giveOut }
  const renewed = await house
    .openWork(authority, work => pki.renewAuthority(work, present, asked))
    .catch(error => takeBack(house, error))
  await printAnswer(
    json,
    { ...renewed, files },
    `the key ${renewed.keyId} follows ${renewed.former}, which has signed a link to it and is deleted: ` +
      `${sharesText(files)}. Signers of before go on; pki export has the link`,
  )
}

/** The serial number that stands first. Throws wrong usage. */
function serialOf({ positionals }: Pick<Invocation, 'positionals'>, command: string): string {
  const [serial = ''] = positionals
  if (!/^[0-9a-f]{1,40}$/.test(serial)) throw new WrongUsage(`${command} needs the serial number that pki list tells`)
  return serial
}

function reasonOf({ values }: Pick<Invocation, 'values'>, command: string): string {
  const reason = wordOf(values['reason'])?.trim()
  if (!reason) throw new WrongUsage(`${command} needs --reason`)
  return reason
}

/** `pki replace SERIAL --reason TEXT --custodian R… --threshold K --out DIR [--curve C]`: begins a new authority. */
export async function pkiReplace(invocation: Invocation): Promise<void> {
  const { house, json } = invocation
  const lost = { serial: serialOf(invocation, 'pki replace'), reason: reasonOf(invocation, 'pki replace') }
  const { files, giveOut, takeBack } = giveOutTo(folderOf(invocation))
  const asked = { ...custodiansOf(invocation), curve: curveOf(invocation, 'secp384r1'), giveOut }
  const made = await house
    .openWork(authority, work => pki.replaceLostAuthority(work, lost, asked))
    .catch(error => takeBack(house, error))
  await printAnswer(
    json,
    { ...made, files },
    `the new authority has the key ${made.keyId}; no link leads to it from ${made.former}, whose key is deleted: ` +
      `${sharesText(files)}. Run pki signer, then pki export, and give readers the new certificate beside the old one`,
  )
}

const signerKinds = { document: 'document-signer', 'master-list': 'master-list-signer' } as const

/** `pki signer --share F… --identity F… [--kind document|master-list] [--curve C]`: issues a signer. */
export async function pkiSigner(invocation: Invocation): Promise<void> {
  const { house, values, json } = invocation
  const kind = signerKinds[(wordOf(values['kind']) ?? 'document') as keyof typeof signerKinds]
  if (!kind) throw new WrongUsage('--kind is document or master-list')
  const curve = curveOf(invocation, 'prime256v1')
  const present = await presentOf(invocation)
  const issued = await house.openWork(authority, work => pki.issueSigner(work, present, { kind, curve }))
  await printAnswer(
    json,
    { ...issued, kind },
    `${kind} ${issued.serial} signs until ${dayAt(issued.signsTo)}; the keys of those before it are deleted`,
  )
}

/** `pki revoke SERIAL --reason TEXT --share F… --identity F…`: revokes a signer, and issues a new list. */
export async function pkiRevoke(invocation: Invocation): Promise<void> {
  const { house, json } = invocation
  const [serial, reason] = [serialOf(invocation, 'pki revoke'), reasonOf(invocation, 'pki revoke')]
  const present = await presentOf(invocation)
  await house.openWork(authority, work => pki.revokeSigner(work, present, { serial, reason }))
  await printAnswer(json, { serial }, `${serial} is revoked, and a new list issued; pki export has it`)
}

/** `pki revocation-list --share F… --identity F…`: issues the next list. */
export async function pkiRevocationList(invocation: Invocation): Promise<void> {
  const { house, json } = invocation
  const present = await presentOf(invocation)
  await house.openWork(authority, work => pki.issueListAgain(work, present))
  const { revocationList: list } = await house.openWork(authority, pki.getWholeAuthority)
  const next = list && dayAt(list.nextAt)
  await printAnswer(json, { number: list?.number, next }, `list ${list?.number} is issued, the next by ${next}`)
}

/** `pki master-list --out F [--csca F]…`: signs our authorities and foreign ones that are trusted. */
export async function pkiMasterList({ house, values, json }: Invocation): Promise<void> {
  const out = wordOf(values['out'])
  if (!out) throw new WrongUsage('pki master-list needs --out, the file to write')
  if (await isUnwritable(out)) throw new WrongUsage(`${out} cannot be written`)
  const foreign = await Promise.all(wordsOf(values['csca']).map(authorityIn))
  const { list, authorities } = await house.openWork(authority, work => pki.signListOfAuthorities(work, foreign))
  await writeWholeFile(out, path => writeFile(path, list, { mode: 0o644 }))
  await printAnswer(json, { out, authorities }, `${out} names ${authorities} certificates of authorities`)
}

/** `pki list`: the certificates and the latest list, and which ceremony is due. */
export async function pkiList({ house, json }: Invocation): Promise<void> {
  const { whole, due } = await house.openWork(authority, async work => ({
    whole: await pki.getWholeAuthority(work),
    due: await pki.whatIsDue(work),
  }))
  const lost = pki.lostAuthorities(whole.certificates).map(({ serial }) => serial)
  const certificates = whole.certificates.map(({ der, ...one }) => ({
    ...one,
    isLost: lost.includes(one.serial),
    subject: nameText(readCertificate(der).subject),
  }))
  const { revocationList: list } = whole
  const lines = [
    ...certificates.map(
      ({ kind, serial, subject, signsTo, validTo, revokedAt, revokedWhy, isLost }) =>
        `${kind.padEnd(18)} ${serial}  signs until ${dayAt(signsTo)}, holds until ${dayAt(validTo)}  ${subject}` +
        (isLost ? '  KEY LOST: no link leads from it to the next one, readers need both' : '') +
        (revokedAt ? `  REVOKED ${dayAt(revokedAt)}: ${revokedWhy}` : ''),
    ),
    list ? `revocation list ${list.number} of ${dayAt(list.issuedAt)}, the next by ${dayAt(list.nextAt)}` : '',
    ...due.map(({ what, by, isOverdue }) => `${isOverdue ? 'OVERDUE' : 'due'}: ${what}, by ${dayAt(by)}`),
  ]
  const found = lines.filter(Boolean).join('\n')
  await printAnswer(
    json,
    { certificates, revocationList: list && { ...list, der: undefined }, due },
    found || 'there is no authority yet: pki authority makes it, with its custodians',
  )
}

/** `pki export --out DIR`: certificates and the latest list, to be published. */
export async function pkiExport({ house, values, json }: Invocation): Promise<void> {
  const out = wordOf(values['out'])
  if (!out) throw new WrongUsage('pki export needs --out, the folder to write')
  const { certificates, revocationList } = await house.openWork(authority, pki.getWholeAuthority)
  if (certificates.length === 0) throw new WrongUsage('there is no authority yet: pki authority makes it')
  const names = { authority: 'csca', link: 'link', 'document-signer': 'ds', 'master-list-signer': 'mls' } as const
  const files: string[] = []
  for (const { kind, serial, der } of certificates)
    files.push(await writeSame(out, `${names[kind]}-${serial}.cer`, der))
  if (revocationList) {
    // The list of before is replaced: it is what must not be published any longer.
    const list = join(out, 'crl.crl')
    await writeWholeFile(list, path => writeFile(path, revocationList.der, { mode: 0o644 }))
    files.push(list)
  }
  await printAnswer(json, { files }, files.join('\n'))
}
